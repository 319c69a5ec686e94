"""What is done for whoever brings a matter, beside the stages that every register has."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.lines.petitions import neutral
from shoushan.lines.petitions.actions.identity import seal
from shoushan.lines.petitions.line import WINDOWS, line
from shoushan.lines.petitions.models import Matter, Satisfaction, Slip, Stage
from shoushan.orgs.models import Person, Unit
from shoushan.registers import actions
from shoushan.registers.models import Step

# 28 of 32 signs are 140 bits; without 0, O, 1 and I, which are taken for each other
SIGNS, LENGTH, GROUP = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 28, 4


@transaction.atomic
def register(unit: Unit, fields: Mapping[str, Any], who: Mapping[str, str], *, on: date, by: Person) -> Matter:
    """Register a matter, and seal who brought it where they say so."""
    matter: Matter = actions.enter(line, unit, fields, on=on, by=by)
    if any(who.values()):
        seal(matter, who, by=by)
    return matter


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
    neutral.check("reason", reason)
    return actions.go_back(matter, Stage.SORTED, reason=reason, by=by)  # type: ignore[return-value]


def may_until(matter: Matter, key: str) -> date | None:
    """The last day of what somebody may do; none where it has not begun."""
    window = WINDOWS[key]
    step = Step.objects.of(matter).standing().filter(stage=str(window.starts)).first()
    return workdays.after(step.happened_on, window.days, working=window.working) if step else None
