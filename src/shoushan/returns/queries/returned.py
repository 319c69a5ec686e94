"""What was sent back, why, and when it was put right; a unit's own first, and in sum for the supervision office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shoushan.evidence.models import Verification
from shoushan.ledger.models import Event
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Value
from shoushan.returns.queries.asked import units_asked

# offered as text to edit; each names what is missing in the figure, never what is wrong with a person
COMMON_REASONS = (
    _("The figure and its evidence differ: the evidence says …"),
    _("The evidence is missing; please add …"),
    _("The figure seems to be in another unit of measure; please check."),
    _("This looks like the sum to date; the month alone is asked for."),
    _("The month's figure differs much from the last one; please say why in the note."),
)


@dataclass(frozen=True, slots=True)
class Returned:
    """One figure sent back: by whom and why, when it came again, and how it stands now."""

    verification: Verification
    value: Value
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit's record in sum: what was returned in the year, how much was sent back, and what still is."""

    unit: Unit
    figures: int
    sent_back: int
    open: int


def returned_of(unit: Unit, year: Year) -> list[Returned]:
    """Everything of a unit's year that was sent back, the newest first; three questions however much it is."""
    rows = list(_returned(year).filter(subject_id__in=_values(year).filter(entry__unit=unit).values("pk")))
    values = _values(year).in_bulk({it.subject_id for it in rows})
    again = _submitted(values)
    return [
        Returned(it, values[it.subject_id], next((at for at in again.get(it.subject_id, []) if at > it.at), None))
        for it in rows
    ]


def records(year: Year, person: Person) -> list[UnitRecord]:
    """Every unit's record in sum, in tree order and never by its size."""
    told = list(Value.objects.filter(entry__period__year=year).values_list("pk", "entry__unit_id", "state"))
    unit_of = {pk: unit for pk, unit, _state in told}
    figures = Counter(unit_of.values())
    back = Counter(unit_of[pk] for pk in _returned(year).values_list("subject_id", flat=True) if pk in unit_of)
    still = Counter(unit for _pk, unit, state in told if state == Value.State.RETURNED)
    return [
        UnitRecord(unit, figures[unit.pk], back[unit.pk], still[unit.pk])
        for unit in units_asked(year)
        if person.sees(unit)
    ]


def _values(year: Year) -> QuerySet[Value]:
    return Value.objects.filter(entry__period__year=year).select_related(
        "entry__period__year", "entry__unit", "indicator", "unit", "decided_by"
    )


def _returned(year: Year) -> QuerySet[Verification]:
    kind = ContentType.objects.get_for_model(Value)
    found = Verification.objects.filter(subject_type=kind, decision=Verification.Decision.RETURNED)
    return found.filter(at__year__gte=year.number).select_related("by")


def _submitted(keys: Iterable[int]) -> dict[int, list[datetime]]:
    """When each figure was submitted, from its events, the earliest first."""
    found: dict[int, list[datetime]] = {}
    wanted = [str(key) for key in keys]
    events = Event.objects.filter(subject=Value.ledger_name(), subject_id__in=wanted, verb="submitted").order_by("id")
    for key, at in events.values_list("subject_id", "at"):
        found.setdefault(int(key), []).append(at)
    return found
