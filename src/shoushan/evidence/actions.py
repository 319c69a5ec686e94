"""Adding evidence and deciding on it; the thing itself changes in its own app."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

import shoushan.exchange.gate as gate
from shoushan.core.errors import Refusal, mark
from shoushan.core.files import keep_whole
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

    Of the day its sender says it was taken and the day the camera wrote into it, the earlier one is kept.
    """
    kind = gate.check(data, name, kinds=gate.EVIDENCE)
    file = _keep(data, kind.media_type, by=by)
    days = (taken_on, pictures.taken_on(data) if kind.key == "jpeg" else None)
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


def _keep(data: bytes, media_type: str, *, by: Person) -> File:
    digest = hashlib.sha256(data).hexdigest()
    known = File.objects.filter(sha256=digest).first()
    file = known or File(sha256=digest, size=len(data), media_type=media_type)
    path = path_of(file)
    if not path.exists():
        keep_whole(path, data)
    if known is None:
        file.save()
        ledger.record("received", file, by=by)
    return file


def path_of(file: File) -> Path:
    return Path(settings.MEDIA_ROOT) / file.kept_at
