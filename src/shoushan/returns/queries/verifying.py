"""What waits to be verified: one claim in focus with all that helps to decide, and the others in their order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db.models import Q, QuerySet

from shoushan.core.months import Month
from shoushan.evidence.models import Evidence
from shoushan.evidence.queries import by_thing
from shoushan.orgs.models import Person
from shoushan.registers.lines import measure_named
from shoushan.registers.measures import measure
from shoushan.returns.models import Rota, Value
from shoushan.returns.norms import norms
from shoushan.returns.queries.again import Again, seen_before
from shoushan.returns.queries.risks import LABELS, risks_of
from shoushan.returns.queries.turns import turns_of

ORDER = (
    "entry__period__year__number",
    "entry__period__month",
    "entry__unit__path",
    "indicator__key",
    "unit__path",
    "pk",
)
RELATED = ("entry__unit", "entry__period__year", "indicator", "unit", "entered_by", "decided_by")


def queue(person: Person) -> QuerySet[Value]:
    """What this person may verify: submitted figures of units in reach, their own entries left out."""
    scope = Q(pk__in=[])
    for unit in person.units_as("verifier"):
        scope |= Q(entry__unit__path__startswith=unit.path)
    found = Value.objects.waiting().filter(scope).exclude(entered_by=person)
    return found.select_related(*RELATED).order_by(*ORDER)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The whole queue of a person in its order, mine before what others were assigned."""

    ids: list[int]
    mine: int
    units: list[tuple[str, str]]
    indicators: list[tuple[str, str]]

    def beside(self, pk: int | None, step: int) -> int | None:
        """The one before or after; none at the ends, and for one that is no longer here."""
        if pk not in self.ids:
            return None
        place = self.ids.index(pk) + step
        return self.ids[place] if 0 <= place < len(self.ids) else None

    def after(self, pk: int) -> int | None:
        """Where to go once this one is decided: the next, or the one before where it was the last."""
        return self.beside(pk, 1) or self.beside(pk, -1)


def waiting(person: Person, *, unit: str = "", indicator: str = "") -> Waiting:
    """The queue as numbers, two questions however long it is; ``unit`` and ``indicator`` leave out the others."""
    told = queue(person).values_list(
        "pk", "entry__period_id", "entry__unit_id", "entry__unit__code", "entry__unit__name", "indicator__key",
        "indicator__label",
    )  # fmt: skip
    rows = list(told)
    rotas = {it.period_id: turns_of(it) for it in Rota.objects.filter(period__in={row[1] for row in rows})}
    mine = {row[0] for row in rows if rotas.get(row[1], {}).get(row[2]) == person.pk} if rotas else set()
    ids = [row[0] for row in rows if unit in ("", row[3]) and indicator in ("", row[5])]
    return Waiting(
        ids=sorted(ids, key=lambda pk: pk not in mine) if mine else ids,  # the order within each half stays
        mine=len(mine.intersection(ids)),
        units=list(dict.fromkeys(map(itemgetter(3, 4), rows))),
        indicators=list(dict.fromkeys(map(itemgetter(5, 6), rows))),
    )


@dataclass(frozen=True, slots=True)
class Beside:
    """What a register knows that may be held against a typed figure."""

    label: Any
    measure: str
    amount: Decimal
    url: str
    is_same: bool  # the same figure, and not only a sign


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure in focus: the claim, what stood there before, what a register knows, and its evidence."""

    value: Value
    last_month: Decimal | None
    last_year: Decimal | None
    beside: Beside | None
    risks: list[Any]
    files: list[Evidence]
    again: list[Again]


def claim(value: Value, person: Person) -> Claim:
    """All that helps to decide on one figure."""
    month = value.entry.period.calendar_month
    rules = norms(month.last_day)
    files = by_thing(Value, [value.pk]).get(value.pk, [])
    return Claim(
        value=value,
        last_month=_amount(value, month.previous()),
        last_year=_amount(value, Month(month.year - 1, month.month)),
        beside=_beside(value, rules.beside.get(value.indicator.key, "")),
        risks=[LABELS[name] for name in risks_of([value], rules)[0].risks],
        files=files,
        again=seen_before(value, files, person),
    )


def rows(ids: list[int]) -> list[Value]:
    """Some figures of the queue, in the order of their numbers given."""
    found = Value.objects.filter(pk__in=ids).select_related(*RELATED).in_bulk()
    return [found[pk] for pk in ids if pk in found]


def _amount(value: Value, month: Month) -> Decimal | None:
    """What the same unit returned for the same figure in another month."""
    found = Value.objects.filter(
        indicator=value.indicator,
        unit=value.unit,
        entry__unit=value.entry.unit,
        entry__period__year__number=month.year,
        entry__period__month=month.month,
    ).first()
    return found.amount if found else None


def _beside(value: Value, key: str) -> Beside | None:
    known = measure_named(value.indicator.key) or measure_named(key)
    if known is None or known[1].over:
        return None
    line, wanted = known
    month = value.entry.period.calendar_month
    found = measure(line, wanted, since=month.first_day, until=month.last_day)
    amount = sum((each.reported for each in found if each.unit_id == value.unit_id), Decimal(0))
    url = f"/{line.key}/?unit={value.unit.code}"
    is_same = wanted.key == value.indicator.key
    return Beside(wanted.label, value.indicator.measure if is_same else "", amount, url, is_same)
