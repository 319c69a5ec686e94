"""What has been done: every indicator by unit and month, reported and verified kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from shoushan.plans.models import Indicator, Year
from shoushan.registers.lines import measure_named
from shoushan.registers.measures import measure
from shoushan.returns.kinds import differences, ratios_to_date
from shoushan.returns.models import Value

PERCENT = Decimal(100)


@dataclass(slots=True)
class Monthly:
    """One indicator of one unit through the year, month by month.

    A ratio's months are the ratio to date at their end. A month in which nothing happened is in ``nil``; where months
    add up it is a zero too.
    """

    reported: dict[int, Decimal] = field(default_factory=dict)
    verified: dict[int, Decimal] = field(default_factory=dict)
    no_data: dict[int, str] = field(default_factory=dict)
    nil: set[int] = field(default_factory=set)

    def to_date(self, indicator: Indicator, until: int, *, verified: bool) -> Decimal | None:
        """The figure to date: months added up for a flow, the latest for a level or ratio; None without one."""
        known = {
            month: amount for month, amount in (self.verified if verified else self.reported).items() if month <= until
        }
        if not known:
            return None
        return sum(known.values(), Decimal(0)) if indicator.adds_up else known[max(known)]


Actuals = dict[tuple[int, int], Monthly]


def actuals(year: Year, indicators: Iterable[Indicator], *, until: date) -> Actuals:
    """All figures of the year up to a day, by indicator and unit: typed ones and those of the registers."""
    found: Actuals = defaultdict(Monthly)
    wanted = list(indicators)
    _typed(found, year, wanted, until)
    for indicator in wanted:
        if indicator.source == Indicator.Source.DERIVED:
            _derived(found, indicator, date(year.number, 1, 1), until)
    return dict(found)


def _typed(found: Actuals, year: Year, indicators: list[Indicator], until: date) -> None:
    """Months that are over by ``until``; 11 for 3 December."""
    values = Value.objects.filter(
        entry__period__year=year,
        indicator__in=indicators,
        entry__period__month__lte=until.month if until.year == year.number else 12,
    ).exclude(state__in=[Value.State.DRAFT, Value.State.RETURNED])
    kinds = {indicator.pk: indicator for indicator in indicators}
    fields = ("indicator_id", "unit_id", "entry__period__month", "amount", "numerator", "denominator")
    rows: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for indicator_id, unit_id, *row in values.values_list(*fields, "is_nil", "no_data", "state"):
        rows[indicator_id, unit_id].append(_Row(*row))
    for key, months in rows.items():
        monthly = found[key]
        monthly.no_data.update({row.month: row.no_data for row in months if row.no_data})
        monthly.nil.update(row.month for row in months if row.is_nil)
        monthly.reported.update(_combined(kinds[key[0]], months))
        accepted = [row for row in months if row.state == Value.State.ACCEPTED]
        monthly.verified.update(_combined(kinds[key[0]], accepted))


class _Row(NamedTuple):
    """A month as typed."""

    month: int
    amount: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    is_nil: bool
    no_data: str
    state: str


def _combined(indicator: Indicator, rows: list[_Row]) -> dict[int, Decimal]:
    """The months as they count, by the indicator's kind."""
    said = [row for row in rows if not row.no_data]
    if indicator.kind == Indicator.Kind.CUMULATIVE:
        return differences({row.month: row.amount for row in said})
    if indicator.adds_up:
        return {row.month: row.amount if row.amount is not None else Decimal(0) for row in said}
    parts = {
        row.month: (row.numerator, row.denominator)
        for row in said
        if row.numerator is not None and row.denominator is not None
    }
    as_typed = {row.month: row.amount for row in said if row.amount is not None and row.month not in parts}
    return {**as_typed, **ratios_to_date(parts, indicator.measure)}


def _derived(found: Actuals, indicator: Indicator, since: date, until: date) -> None:
    """A register's figure; a month without a record is a zero, since the register is there."""
    known = measure_named(indicator.key)
    if known is None:
        return
    line, wanted = known
    if wanted.over:
        below = next(each for each in line.measures if each.key == wanted.over)
        _ratio(
            found,
            indicator,
            measure(line, wanted, since=since, until=until),
            measure(line, below, since=since, until=until),
        )
        return
    for row in measure(line, wanted, since=since, until=until):
        monthly = found[indicator.pk, row.unit_id]
        monthly.reported[row.on.month] = monthly.reported.get(row.on.month, Decimal(0)) + row.reported
        monthly.verified[row.on.month] = monthly.verified.get(row.on.month, Decimal(0)) + row.verified


def _ratio(found: Actuals, indicator: Indicator, above: list, below: list) -> None:  # type: ignore[type-arg]
    """A ratio to date at each month's end, in percent; without a denominator there is none."""
    units = {row.unit_id for row in below}
    for unit_id in units:
        for month in range(1, 13):
            reported = _percent(above, below, unit_id, month, "reported")
            verified = _percent(above, below, unit_id, month, "verified")
            if reported is not None:
                found[indicator.pk, unit_id].reported[month] = reported
            if verified is not None:
                found[indicator.pk, unit_id].verified[month] = verified


def _percent(above: list, below: list, unit_id: int, month: int, which: str) -> Decimal | None:  # type: ignore[type-arg]
    def total(rows: list) -> Decimal:  # type: ignore[type-arg]
        return sum(
            (getattr(row, which) for row in rows if row.unit_id == unit_id and row.on.month <= month), Decimal(0)
        )

    whole = total(below)
    return (total(above) / whole * PERCENT).quantize(Decimal("0.01")) if whole else None
