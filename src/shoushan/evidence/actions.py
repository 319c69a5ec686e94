"""Adding evidence and deciding on it; the thing itself changes in its own app."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

import shoushan.exchange.gate as gate
from shoushan.core.errors import Refusal, mark
from shoushan.core.files import keep_whole
from shoushan.evidence import stores
from shoushan.evidence.models import Evidence, File, Place, Verification
from shoushan.exchange import pictures
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person


@transaction.atomic
def add(
    thing: models.Model,
    data: bytes,
    name: str,
    *,
    proves: str = "",
    taken_on: date | None = None,
    place: Place | None = None,
    by: Person,
) -> Evidence:
    """Put a file beside a thing. The bytes are on disk, under their hash, before the row is committed.

    Of the day its sender says it was taken and the day the camera wrote into it, the earlier one is kept. Where the
    thing has a store, what is on disk is sealed, and the file's own name with it.
    """
    kind = gate.check(data, name, kinds=gate.EVIDENCE)
    days = (taken_on, pictures.taken_on(data) if kind.key == "jpeg" else None)
    if store := stores.of(thing):
        data = store.seal(thing, stores.wrapped(name[-200:], data), proves, by=by)
        # what stands in lists, events and backups tells neither a person nor where they live
        name, place = f"{proves or kind.key}{kind.endings[0]}", None
    file = _keep(data, kind.media_type, is_sealed=store is not None, by=by)
    evidence = Evidence.objects.create(
        subject_type=ContentType.objects.get_for_model(thing),
        subject_id=thing.pk,
        proves=proves,
        file=file,
        name=name[-200:],
        added_by=by,
        added_at=moment.current().at,
        taken_on=min((day for day in days if day is not None), default=None),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )
    ledger.record("added", evidence, by=by)
    return evidence


@transaction.atomic
def withdraw(evidence: Evidence, *, by: Person, reason: str) -> Evidence:
    """Take evidence away from a thing; the file and the event stay."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.added_by_id != by.pk:
        raise Refusal(
            "evidence.not_yours",
            mark("%(name)s added this evidence, so only they can withdraw it."),
            hint=mark("Ask them, or add better evidence beside it."),
            params={"name": evidence.added_by.name},
        )
    before = {"withdrawn_at": evidence.withdrawn_at}
    evidence.withdrawn_at = moment.current().at
    evidence.save(update_fields=["withdrawn_at"])
    ledger.record("withdrawn", evidence, by=by, before=before, reason=reason)
    return evidence


def decide(
    thing: models.Model, decision: str, *, proves: str = "", reason: str = "", claimed_by: Person, by: Person
) -> Verification:
    """Write a second person's decision; called inside the transaction of the thing it decides on."""
    check_second_person(claimed_by, by)
    if decision == Verification.Decision.RETURNED and not reason.strip():
        raise Refusal(
            "verification.reason",
            mark("Sending back needs a reason."),
            hint=mark("Say in a sentence what is missing or wrong."),
            field="reason",
        )
    verification = Verification.objects.create(
        subject_type=ContentType.objects.get_for_model(thing),
        subject_id=thing.pk,
        proves=proves,
        decision=decision,
        reason=reason.strip(),
        claimed_by=claimed_by,
        by=by,
        at=moment.current().at,
    )
    ledger.record(decision, verification, by=by, reason=reason.strip())
    return verification


def check_second_person(claimed_by: Person, by: Person) -> None:
    """Nobody confirms their own entry."""
    if claimed_by.pk == by.pk:
        raise Refusal(
            "stage.same_person",
            mark("You reported this; a second person must confirm."),
            hint=mark("Send it to a colleague."),
        )
    # an account more is no second person; the product knows people by their names alone
    if _letters(claimed_by.name) == _letters(by.name):
        raise Refusal(
            "stage.same_name",
            mark("This was reported under your name from another account; a second person must confirm."),
            hint=mark(
                "Send it to a colleague. Where two people share a name, the administrator tells them apart in it."
            ),
        )


def _letters(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


@transaction.atomic
def open_sealed(evidence: Evidence, *, by: Person) -> tuple[str, bytes]:
    """The name and the bytes of a sealed file, for whoever handles what it belongs to; that they looked is an event."""
    thing: Any = evidence.subject
    store = stores.of(thing)
    if store is None or not store.may_open(thing, by):
        raise Refusal(
            "access.sealed_file",
            mark("This file is sealed; it opens to those alone who handle what it belongs to."),
            hint=mark("Ask one of them what it says, as far as you need it."),
        )
    found = stores.unwrapped(store.open(thing, path_of(evidence.file).read_bytes(), evidence.proves))
    ledger.record("looked at", evidence, by=by, before={})
    return found


def _keep(data: bytes, media_type: str, *, is_sealed: bool, by: Person) -> File:
    digest = hashlib.sha256(data).hexdigest()
    known = File.objects.filter(sha256=digest).first()
    file = known or File(sha256=digest, size=len(data), media_type=media_type, is_sealed=is_sealed)
    if known is None and media_type in pictures.DRAWN and not is_sealed:
        file.look = pictures.look(data)
    path = path_of(file)
    if not path.exists():
        keep_whole(path, data)
    if known is None:
        file.save()
        ledger.record("received", file, by=by)
    return file


def path_of(file: File) -> Path:
    return Path(settings.MEDIA_ROOT) / file.kept_at
