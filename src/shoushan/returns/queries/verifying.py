"""What waits to be verified: each claim with last month and its evidence beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from shoushan.evidence.models import Evidence
from shoushan.evidence.queries import by_thing
from shoushan.orgs.models import Person
from shoushan.returns.models import Value


def queue(person: Person) -> QuerySet[Value]:
    """What this person may verify: submitted figures of units in reach, their own entries left out."""
    scope = Q(pk__in=[])
    for unit in person.units_as("verifier"):
        scope |= Q(entry__unit__path__startswith=unit.path)
    found = Value.objects.waiting().filter(scope).exclude(entered_by=person)
    order = ("entry__period__year__number", "entry__period__month", "entry__unit__path", "indicator__key", "unit__path")
    return found.select_related("entry__unit", "entry__period__year", "indicator", "unit", "entered_by").order_by(
        *order
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in the verifier's queue: the claim, last month beside it, and its evidence."""

    value: Value
    last_month: Decimal | None
    files: list[Evidence]


def claims(values: Iterable[Value]) -> list[Claim]:
    """A page of the queue with what is needed to decide; three queries however many."""
    rows = list(values)
    earlier = Value.objects.filter(
        entry__unit__in={it.entry.unit_id for it in rows},
        indicator__in={it.indicator_id for it in rows},
        entry__period__month__in={it.entry.period.month - 1 for it in rows},
    ).select_related("entry__period")
    before = {_about(it, it.entry.period.month + 1): it.amount for it in earlier}
    files = by_thing(Value, [it.pk for it in rows])
    return [Claim(it, before.get(_about(it, it.entry.period.month)), files.get(it.pk, [])) for it in rows]


def _about(value: Value, month: int) -> tuple[int, ...]:
    """What tells one unit's figures of a month apart."""
    entry = value.entry
    return value.indicator_id, value.unit_id, entry.unit_id, entry.period.year_id, month
