"""Who has passed, unit by unit, and what the residents say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from shoushan.lines.streets.models import Inspection, Street
from shoushan.lines.streets.standards import in_force
from shoushan.orgs.models import Person
from shoushan.registers.models import Step
from shoushan.web import figures

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit: how many of its roads and estates are accepted, of how many, and what residents say."""

    unit: str
    roads: str
    estates: str
    opinion: str


def standings(person: Person, *, on: date) -> list[Standing]:
    """Passes as counts, of what the person sees; only a confirmed acceptance counts."""
    accepted = Step.objects.filter(line=Street.line_key, stage=Street.Stage.ACCEPTED, state=Step.State.CONFIRMED)
    passed = Q(grade__in=Street.PASSING, pk__in=accepted.values("record_id"))
    road, estate = Q(kind=Street.Kind.ROAD), Q(kind=Street.Kind.ESTATE)
    rows = (
        Street.objects.visible_to(person)
        .standing()
        .order_by("unit__path")
        .values("unit__name")
        .annotate(
            roads=Count("pk", filter=road),
            roads_passed=Count("pk", filter=road & passed),
            estates=Count("pk", filter=estate),
            estates_passed=Count("pk", filter=estate & passed),
            were_asked=Sum("asked", default=0),
            were_satisfied=Sum("satisfied", default=0),
        )
    )
    standard = in_force(on)
    least = standard.least_asked if standard else FEWEST
    return [
        Standing(
            row["unit__name"],
            _of(row["roads_passed"], row["roads"]),
            _of(row["estates_passed"], row["estates"]),
            opinion(row["were_satisfied"], row["were_asked"], least),
        )
        for row in rows
    ]


def _of(passed: int, everything: int) -> str:
    return _("%(passed)s of %(all)s") % {"passed": passed, "all": everything}


def opinion(satisfied: int, asked: int, least: int) -> str:
    """The share of satisfied residents with how many were asked; of a handful, only the count."""
    if not asked:
        return figures.NOTHING
    if asked < least:
        return _("%(satisfied)s of %(asked)s asked") % {"satisfied": satisfied, "asked": asked}
    share = figures.percent(Decimal(satisfied) / asked)
    return _("%(share)s of %(asked)s asked") % {"share": share, "asked": asked}


def to_adopt(person: Person) -> list[Inspection]:
    """Inspections that were carried out after the result their street shows."""
    done = Inspection.objects.visible_to(person).standing().filter(stage=Inspection.Stage.DONE)
    return [
        each
        for each in done.select_related("street", "unit").order_by("inspected_on")
        if each.inspected_on and (each.street.inspected_on or date.min) < each.inspected_on
    ]
