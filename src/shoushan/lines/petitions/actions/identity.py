"""Who brought a matter: sealed, opened one at a time with a reason, shown once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.sealing import Ring
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions import neutral, vault
from shoushan.lines.petitions.actions.conflicts import check_no_conflict
from shoushan.lines.petitions.actions.keys import key_for
from shoushan.lines.petitions.models import Identity, Matter, MatterKey, Opening
from shoushan.orgs.models import Person
from shoushan.registers import actions

GRANT = timedelta(minutes=30)


@transaction.atomic
def seal(matter: Matter, who: Mapping[str, str], *, by: Person) -> Identity:
    """Seal who brought a matter; what was sealed before is replaced."""
    matter = actions.locked(matter)
    keys = vault.ring()
    identity = Identity.objects.select_for_update().filter(matter=matter).first()
    known = identity is not None
    key = key_for(matter, keys, by=by)
    identity = identity or Identity(matter=matter)
    for field in Identity.FIELDS:
        text = unicodedata.normalize("NFC", who.get(field, "").strip())
        setattr(identity, field, key.seal(text.encode(), vault.place(matter.pk, field)))
    identity.phone_mark, identity.number_mark = marks_of(keys, matter, who)
    identity.save()
    ledger.record("sealed", identity, by=by, before=dict.fromkeys(Identity.FIELDS) if known else None)
    return identity


def marks_of(keys: Ring, matter: Matter, who: Mapping[str, str]) -> tuple[str, str]:
    """The marks that tell whether the same person brought the same thing to the same unit before."""
    phone, number = (vault.mark_of(keys, matter, kind, who.get(kind, "")) for kind in ("phone", "id_number"))
    return phone, number


@transaction.atomic
def meet_again(identity: Identity, *, by: Person) -> None:
    """Leave a trace with a matter that a clerk was pointed to because the same person had brought the like."""
    ledger.record("met again", identity, by=by, before={})


@transaction.atomic
def open_identity(matter: Matter, *, reason: str, by: Person) -> Opening:
    """Let one person see who brought one matter, for half an hour and a stated reason."""
    matter = actions.locked(matter)
    check_no_conflict(matter, by)
    if not Identity.objects.filter(matter=matter).exists():
        raise Refusal(
            "petitions.nobody",
            mark("Nobody is entered for this matter."),
            hint=mark("It is handled all the same; an answer waits under the code."),
        )
    if not reason.strip():
        raise Refusal(
            "petitions.reason",
            mark("An identity is opened for a reason only."),
            hint=mark("Say in a sentence what for: “to deliver the answer”. It stands in the case log."),
            field="reason",
        )
    neutral.check("reason", reason)
    vault.key_of(MatterKey.objects.get(matter=matter), vault.ring())  # what opens no more is not opened
    at = moment.current().at
    opening = Opening.objects.create(matter=matter, person=by, reason=reason.strip(), opened_at=at, ends_at=at + GRANT)
    ledger.record("opened", opening, by=by)
    return opening


@transaction.atomic
def show_identity(opening: Opening, *, by: Person) -> dict[str, str]:
    """Who brought the matter, once; every time it is shown is in the ledger."""
    opening = Opening.objects.select_for_update(of=("self",)).select_related("matter").get(pk=opening.pk)
    check_no_conflict(opening.matter, by)
    if opening.person_id != by.pk or not opening.runs(at=moment.current().at):
        raise Refusal(
            "petitions.ended",
            mark("This opening has ended."),
            hint=mark("Open it again with a reason, if you still need it."),
        )
    before = {"shown": opening.shown}
    opening.shown += 1
    opening.save(update_fields=["shown"])
    ledger.record("shown", opening, by=by, before=before)
    identity = Identity.objects.get(matter=opening.matter_id)
    key = vault.key_of(MatterKey.objects.get(matter=opening.matter_id), vault.ring())
    return {
        field: key.open(bytes(getattr(identity, field)), vault.place(opening.matter_id, field)).decode()
        for field in Identity.FIELDS
    }
