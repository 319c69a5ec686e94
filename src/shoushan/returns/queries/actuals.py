"""What has been done: every indicator by unit and month, reported and verified kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from shoushan.ledger.queries import as_it_was
from shoushan.plans.models import Indicator, Year
from shoushan.registers.lines import Measure, measure_named
from shoushan.registers.measures import Measured, measure, measure_known
from shoushan.returns.kinds import Parts, differences, ratios_to_date
from shoushan.returns.models import Value, ValueQuerySet

PERCENT, ZERO = Decimal(100), Decimal(0)
NOT_COUNTING = (Value.State.DRAFT, Value.State.RETURNED)
WHOSE = ("indicator_id", "unit_id", "entry__period__month")
TOLD = (*WHOSE, "amount", "is_nil", "no_data", "state")
# only ratios have them, so only of ratios they are asked for
PARTS = (*WHOSE, "numerator", "denominator", "state")


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
        months = self.verified if verified else self.reported
        known = [month for month in months if month <= until]
        if not known:
            return None
        return sum((months[month] for month in known), ZERO) if indicator.adds_up else months[max(known)]


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
    kinds = {indicator.pk: indicator for indicator in indicators}
    ratios = [indicator for indicator in indicators if indicator.kind == Indicator.Kind.RATIO]
    parts: dict[tuple[int, int], dict[int, Parts]] = defaultdict(dict)
    if ratios:
        with_parts = values.filter(indicator__in=ratios, numerator__isnull=False)
        for indicator_id, unit_id, month, *both, _ in _told(with_parts, PARTS, known):
            parts[indicator_id, unit_id][month] = (both[0], both[1])
    rows: dict[tuple[int, int], list[_Row]] = defaultdict(list)
    for indicator_id, unit_id, *row in _told(values, TOLD, known):
        rows[indicator_id, unit_id].append(_Row(*row))
    for key, months in rows.items():
        monthly, indicator = found[key], kinds[key[0]]
        monthly.no_data.update({row.month: row.no_data for row in months if row.no_data})
        monthly.nil.update(row.month for row in months if row.is_nil)
        monthly.reported.update(_combined(indicator, months, parts.get(key, {})))
        accepted = [row for row in months if row.state == Value.State.ACCEPTED]
        if len(accepted) == len(months):
            monthly.verified.update(monthly.reported)
        else:
            monthly.verified.update(_combined(indicator, accepted, parts.get(key, {})))


def _told(values: ValueQuerySet, fields: tuple[str, ...], known: datetime | None) -> Iterable[tuple[Any, ...]]:
    """Some fields of what counts as told, as it stands or as it stood at a moment; the state comes last."""
    if known is None:
        return values.exclude(state__in=NOT_COUNTING).values_list(*fields)
    of_row = attrgetter(*(name.replace("__", ".") for name in fields))
    then = as_it_was(values.select_related("entry__period"), known)
    return [of_row(value) for value in then if value.state not in NOT_COUNTING]


class _Row(NamedTuple):
    """A month as typed."""

    month: int
    amount: Decimal | None
    is_nil: bool
    no_data: str
    state: str


def _combined(indicator: Indicator, rows: list[_Row], parts: Mapping[int, Parts]) -> dict[int, Decimal]:
    """The months as they count, by the indicator's kind."""
    if indicator.kind == Indicator.Kind.CUMULATIVE:
        return differences({row.month: row.amount for row in rows if not row.no_data})
    if indicator.adds_up:
        return {row.month: row.amount if row.amount is not None else ZERO for row in rows if not row.no_data}
    typed = {row.month: row.amount for row in rows if row.amount is not None}
    return {**typed, **ratios_to_date({month: parts[month] for month in typed if month in parts}, indicator.measure)}


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
