"""What is done for whoever brings a matter, beside the stages that every register has."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from shoushan.core import workdays
from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.core.sealing import Key, Ring
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions import neutral, vault
from shoushan.lines.petitions.line import WINDOWS, line
from shoushan.lines.petitions.models import Conflict, Identity, Matter, Opening, Satisfaction, Slip, Stage
from shoushan.orgs.models import Person, Unit
from shoushan.registers import actions
from shoushan.registers.models import Step

GRANT = timedelta(minutes=30)
# 28 of 32 signs are 140 bits; without 0, O, 1 and I, which are taken for each other
SIGNS, LENGTH, GROUP = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 28, 4
REWRAPPED_AT_ONCE = 500
# what is done here and nowhere else, as the timeline says it
VERBS = (
    mark("sealed"), mark("met again"), mark("shown"), mark("kept out"), mark("let in"), mark("rated"), mark("assigned"),
)  # fmt: skip


@transaction.atomic
def register(unit: Unit, fields: Mapping[str, Any], who: Mapping[str, str], *, on: date, by: Person) -> Matter:
    """Register a matter, and seal who brought it where they say so."""
    matter: Matter = actions.enter(line, unit, fields, on=on, by=by)
    if any(who.values()):
        seal(matter, who, by=by)
    return matter


@transaction.atomic
def seal(matter: Matter, who: Mapping[str, str], *, by: Person) -> Identity:
    """Seal who brought a matter; what was sealed before is replaced."""
    matter = actions.locked(matter)
    keys = vault.ring()
    identity = Identity.objects.select_for_update().filter(matter=matter).first()
    known = identity is not None
    key = vault.key_of(identity, keys) if identity is not None else Key.new()
    identity = identity or Identity(matter=matter, key=keys.wrap(key, vault.place(matter.pk, "key")))
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
    _check_no_conflict(matter, by)
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
    _check_neutral("reason", reason)
    at = moment.current().at
    opening = Opening.objects.create(matter=matter, person=by, reason=reason.strip(), opened_at=at, ends_at=at + GRANT)
    ledger.record("opened", opening, by=by)
    return opening


@transaction.atomic
def show_identity(opening: Opening, *, by: Person) -> dict[str, str]:
    """Who brought the matter, once; every time it is shown is in the ledger."""
    opening = Opening.objects.select_for_update(of=("self",)).select_related("matter").get(pk=opening.pk)
    _check_no_conflict(opening.matter, by)
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
    key = vault.key_of(identity, vault.ring())
    return {
        field: key.open(bytes(getattr(identity, field)), vault.place(opening.matter_id, field)).decode()
        for field in Identity.FIELDS
    }


def _check_no_conflict(matter: Matter, person: Person) -> None:
    """Whoever has a conflict is answered as if the matter were not there."""
    if Conflict.objects.standing().filter(matter=matter, person=person).exists():
        raise Refusal(
            "access.absent",
            mark("There is nothing here that you may see."),
            hint=mark("Check the address, or ask the administrator for a role."),
        )


def _check_neutral(field: str, text: str) -> None:
    if broken := list(neutral.refused([(field, text)])):
        raise Refusals(broken)


@transaction.atomic
def state_conflict(matter: Matter, person: Person, because: str, *, by: Person) -> Conflict:
    """Somebody may not handle a matter nor learn of it; whoever withdraws does so for themselves."""
    matter = actions.locked(matter)
    if Conflict.objects.standing().filter(matter=matter, person=person).exists():
        raise Refusal(
            "petitions.conflict_stands",
            mark("This person is kept out of the matter already."),
            hint=mark("There is nothing more to do."),
            field="person",
        )
    conflict = Conflict.objects.create(
        matter=matter, person=person, because=because, stated_by=by, stated_at=moment.current().at
    )
    ledger.record("kept out", conflict, by=by)
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: Person) -> Conflict:
    """A second person lets somebody see a matter again who was kept out by mistake."""
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if by.pk in (conflict.stated_by_id, conflict.person_id):
        raise Refusal(
            "stage.same_person",
            mark("Whoever stated this, or is concerned, does not lift it."),
            hint=mark("Ask a colleague who confirms this line."),
        )
    before = {"lifted_by": conflict.lifted_by_id, "lifted_at": conflict.lifted_at}
    conflict.lifted_by, conflict.lifted_at = by, moment.current().at
    conflict.save(update_fields=["lifted_by", "lifted_at"])
    ledger.record("let in", conflict, by=by, before=before)
    return conflict


@transaction.atomic
def issue_code(matter: Matter, *, number: int, by: Person) -> str:
    """A code to follow the matter by, told once; ``number`` is the place it takes, so that no reload makes another."""
    matter = actions.locked(matter)
    code = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
    slip = Slip.objects.select_for_update().filter(matter=matter).first()
    if number != (slip.number if slip else 0) + 1:
        raise Refusal(
            "petitions.issued",
            mark("A code was issued for this matter, and is shown once only."),
            hint=mark("If the slip is lost, issue another from the matter's page; the former code then ends."),
        )
    names = ("digest", "number", "issued_by_id", "issued_at")
    before = {name.removesuffix("_id"): getattr(slip, name) for name in names} if slip else None
    slip = slip or Slip(matter=matter)
    slip.digest, slip.number, slip.issued_by, slip.issued_at = digest_of(code), number, by, moment.current().at
    slip.save()
    ledger.record("issued", slip, by=by, before=before)
    return code


def digest_of(code: str) -> str:
    """The digest a code is found by, however it was typed."""
    signs = [each for each in unicodedata.normalize("NFKC", code).upper() if each.isalnum()]
    return hashlib.sha256("".join(signs).encode()).hexdigest()


def in_groups(code: str) -> str:
    """A code as it is printed and typed."""
    return " ".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


@transaction.atomic
def rate(matter: Matter, satisfaction: str) -> Matter:
    """Whoever brought the matter says once how satisfied they are with the answer."""
    matter = actions.locked(matter)
    answered = Step.objects.of(matter).standing().filter(stage=Stage.ANSWERED).exists()
    if matter.satisfaction or not answered or satisfaction not in Satisfaction.values:
        raise Refusal(
            "petitions.rated",
            mark("An answer is rated once, after it has been given."),
            hint=mark("If you do not agree with it, you may ask for a review."),
        )
    before = {"satisfaction": "", "version": matter.version}
    matter.satisfaction, matter.version = satisfaction, matter.version + 1
    matter.save(update_fields=["satisfaction", "version"])
    ledger.record("rated", matter, by=None, before=before)
    return matter


@transaction.atomic
def assign(matter: Matter, unit: Unit, *, on: date, by: Person) -> Matter:
    """Name another responsible unit, as long as nobody has told the person who is."""
    matter = actions.locked(matter)
    if line.flow.place(matter.stage) >= line.flow.place(Stage.TOLD):
        raise Refusal(
            "petitions.told_already",
            mark("The person has been told who is responsible."),
            hint=mark("Take the matter back to an earlier stage first, with a reason, and tell them again."),
            field="unit",
        )
    if unit.to_on is not None and unit.to_on < on:
        raise Refusal(
            "record.unit_closed",
            mark("%(unit)s was dissolved on %(day)s."),
            hint=mark("Choose the unit that carries its work on."),
            params={"unit": unit.name, "day": unit.to_on},
            field="unit",
        )
    before = {"unit": matter.unit_id, "version": matter.version}
    matter.unit, matter.version = unit, matter.version + 1
    matter.save(update_fields=["unit", "version"])
    ledger.record("assigned", matter, by=by, before=before)
    return matter


@transaction.atomic
def object_to_transfer(matter: Matter, *, reason: str, today: date, by: Person) -> Matter:
    """The unit says within five working days, with reasons, that a matter is not its duty; it goes back for sorting."""
    matter = actions.locked(matter)
    last = may_until(matter, "object")
    if matter.stage != Stage.TRANSFERRED or last is None or today > last:
        raise Refusal(
            "petitions.no_objection",
            mark("A transfer is objected to within 5 working days (article 23)."),
            hint=mark("Tell the person how the matter is handled, and settle with the petitions office who does it."),
            field="reason",
        )
    _check_neutral("reason", reason)
    return actions.go_back(matter, Stage.SORTED, reason=reason, by=by)  # type: ignore[return-value]


def may_until(matter: Matter, key: str) -> date | None:
    """The last day of what somebody may do; none where it has not begun."""
    window = WINDOWS[key]
    step = Step.objects.of(matter).standing().filter(stage=str(window.starts)).first()
    return workdays.after(step.happened_on, window.days, working=window.working) if step else None


def rewrap(keys: Ring) -> Iterator[int]:
    """Seal every matter's key with the present master key, some hundred at a time; how many were, after each batch."""
    last, done = 0, 0
    while found := list(Identity.objects.filter(pk__gt=last).order_by("pk")[:REWRAPPED_AT_ONCE]):
        with transaction.atomic():
            for identity in Identity.objects.select_for_update().filter(pk__in=[each.pk for each in found]):
                if not keys.is_present(bytes(identity.key)):
                    key = vault.key_of(identity, keys)
                    identity.key = keys.wrap(key, vault.place(identity.matter_id, "key"))
                    identity.save(update_fields=["key"])
                    done += 1
        last = found[-1].pk
        yield done
