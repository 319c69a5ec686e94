"""What has been done: every indicator by unit and month, reported and verified kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shoushan.ledger.queries import as_it_was
from shoushan.plans.models import Indicator, Year
from shoushan.registers.lines import Measure, measure_named
from shoushan.registers.measures import Measured, measure, measure_known
from shoushan.returns.models import Value

PERCENT = Decimal(100)
NOT_COUNTING = (Value.State.DRAFT, Value.State.RETURNED)


@dataclass(slots=True)
class Monthly:
    """One indicator of one unit through the year, month by month."""

    reported: dict[int, Decimal] = field(default_factory=dict)
    verified: dict[int, Decimal] = field(default_factory=dict)
    no_data: dict[int, str] = field(default_factory=dict)

    def to_date(self, indicator: Indicator, until: int, *, verified: bool) -> Decimal | None:
        """The figure to date: months added up for a flow, the latest for a level or ratio; None without one."""
        known = {
            month: amount for month, amount in (self.verified if verified else self.reported).items() if month <= until
        }
        if not known:
            return None
        return sum(known.values(), Decimal(0)) if indicator.adds_up else known[max(known)]


Actuals = dict[tuple[int, int], Monthly]


def actuals(year: Year, indicators: Iterable[Indicator], *, until: date, known: datetime | None = None) -> Actuals:
    """All figures of the year up to a day, by indicator and unit: typed ones and those of the registers.

    ``known`` is a moment: then only what had been entered by it, and verified what had been verified by it.
    """
    found: Actuals = defaultdict(Monthly)
    wanted = list(indicators)
    _typed(found, year, wanted, until, known)
    for indicator in wanted:
        if indicator.source == Indicator.Source.DERIVED:
            _derived(found, indicator, date(year.number, 1, 1), until, known)
    return dict(found)


def _typed(found: Actuals, year: Year, indicators: list[Indicator], until: date, known: datetime | None) -> None:
    """Months that are over by ``until``; 11 for 3 December."""
    values = Value.objects.filter(
        entry__period__year=year,
        indicator__in=indicators,
        entry__period__month__lte=until.month if until.year == year.number else 12,
    )
    told = ("indicator_id", "unit_id", "entry__period__month", "amount", "no_data", "state")
    rows: Iterable[tuple[Any, ...]]
    if known is None:
        rows = values.exclude(state__in=NOT_COUNTING).values_list(*told)
    else:
        then = as_it_was(values.select_related("entry__period"), known)
        rows = [
            (it.indicator_id, it.unit_id, it.entry.period.month, it.amount, it.no_data, it.state)
            for it in then
            if it.state not in NOT_COUNTING
        ]
    for indicator_id, unit_id, month, amount, no_data, state in rows:
        monthly = found[indicator_id, unit_id]
        if amount is None:
            monthly.no_data[month] = no_data
            continue
        monthly.reported[month] = amount
        if state == Value.State.ACCEPTED:
            monthly.verified[month] = amount


def _derived(found: Actuals, indicator: Indicator, since: date, until: date, known: datetime | None) -> None:
    """A register's figure; a month without a record is a zero, since the register is there."""
    registered = measure_named(indicator.key)
    if registered is None:
        return
    line, wanted = registered

    def rows_of(counted: Measure) -> list[Measured]:
        if known is None:
            return measure(line, counted, since=since, until=until)
        return measure_known(line, counted, since=since, until=until, known=known)

    if wanted.over:
        below = next(each for each in line.measures if each.key == wanted.over)
        _ratio(found, indicator, rows_of(wanted), rows_of(below))
        return
    for row in rows_of(wanted):
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
