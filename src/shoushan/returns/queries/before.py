"""What stands before and after a month for one figure: last month, the same month last year, and the range expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from shoushan.core.months import Month
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator
from shoushan.returns.kinds import Parts, differences, ratios_to_date
from shoushan.returns.models import Period, Value
from shoushan.returns.unusual import Expected, expected

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Around:
    """One figure in the other months of its year and of the year before.

    ``totals`` are the amounts as typed, ``months`` what each month was: of a running total its difference.
    A month without data is in neither.
    """

    month: Month
    totals: dict[Month, Decimal] = field(default_factory=dict)
    months: dict[Month, Decimal] = field(default_factory=dict)
    parts: dict[Month, Parts] = field(default_factory=dict)

    @property
    def last_month(self) -> Decimal | None:
        return self.months.get(self.month.previous())

    @property
    def last_year(self) -> Decimal | None:
        """The same month of the year before."""
        return self.months.get(Month(self.month.year - 1, self.month.month))

    @property
    def before(self) -> list[Decimal]:
        """What the months before were, the newest last."""
        return [self.months[month] for month in sorted(self.months) if month < self.month]

    @property
    def expected(self) -> Expected | None:
        return expected(self.before)

    @property
    def total_before(self) -> tuple[Month, Decimal] | None:
        """The newest total of the same year before this month."""
        return self._total(lambda month: month < self.month, newest=True)

    @property
    def total_after(self) -> tuple[Month, Decimal] | None:
        return self._total(lambda month: month > self.month, newest=False)

    def _total(self, wanted: object, *, newest: bool) -> tuple[Month, Decimal] | None:
        found = sorted(month for month in self.totals if month.year == self.month.year and wanted(month))  # type: ignore[operator]
        return (found[-1 if newest else 0], self.totals[found[-1 if newest else 0]]) if found else None


def around(period: Period, indicator: Indicator, about: Unit) -> Around:
    """The other months of one figure; one question."""
    return around_all(period, [(indicator, about)])[indicator.pk, about.pk]


def around_all(period: Period, wanted: Iterable[tuple[Indicator, Unit]]) -> dict[tuple[int, int], Around]:
    """The other months of several figures; one question however many. What was sent back is left out."""
    asked = {(indicator.pk, about.pk): indicator for indicator, about in wanted}
    month = period.calendar_month
    rows = (
        Value.objects.filter(
            indicator__in={key[0] for key in asked},
            unit__in={key[1] for key in asked},
            entry__period__year__number__in=(month.year - 1, month.year),
            no_data="",
        )
        .exclude(state=Value.State.RETURNED)
        .exclude(entry__period=period)
        .values_list(
            "indicator_id",
            "unit_id",
            "entry__period__year__number",
            "entry__period__month",
            "amount",
            "numerator",
            "denominator",
        )
    )
    typed: dict[tuple[int, int], dict[Month, Decimal | None]] = {key: {} for key in asked}
    parts: dict[tuple[int, int], dict[Month, Parts]] = {key: {} for key in asked}
    for indicator_id, unit_id, year, number, amount, above, below in rows:
        key, at = (indicator_id, unit_id), Month(year, number)
        if key in typed:
            typed[key][at] = amount
            if above is not None and below is not None:
                parts[key][at] = (above, below)
    return {key: _around(month, asked[key], typed[key], parts[key]) for key in asked}


def _around(
    month: Month, indicator: Indicator, typed: dict[Month, Decimal | None], parts: dict[Month, Parts]
) -> Around:
    totals = {at: amount for at, amount in typed.items() if amount is not None}
    if indicator.kind == Indicator.Kind.CUMULATIVE:
        months = {
            Month(year, number): added
            for year in {at.year for at in typed}
            for number, added in differences({at.month: it for at, it in typed.items() if at.year == year}).items()
        }
    elif indicator.adds_up:
        months = {at: amount if amount is not None else ZERO for at, amount in typed.items()}
    else:
        months = totals
    return Around(month, totals, months, parts)


def to_date(around: Around, indicator: Indicator, value: Value | None) -> Decimal | None:
    """The figure from January to this month, drafts and all, as its reporter sees it."""
    month, ratio_parts = around.month, dict(around.parts)
    months, totals = dict(around.months), dict(around.totals)
    if value is not None and not value.no_data:
        if value.numerator is not None and value.denominator is not None:
            ratio_parts[month] = (value.numerator, value.denominator)
        if value.amount is not None:
            totals[month] = months[month] = value.amount
    if indicator.kind == Indicator.Kind.FLOW:
        return _until(months, month, lambda known: sum(known, ZERO))
    if parts := {at.month: it for at, it in ratio_parts.items() if at.year == month.year and at <= month}:
        return ratios_to_date(parts, indicator.measure)[max(parts)]
    return _until(totals, month, lambda known: known[-1])


def _until(known: Mapping[Month, Decimal], month: Month, made: Callable[[list[Decimal]], Decimal]) -> Decimal | None:
    found = [known[at] for at in sorted(known) if at.year == month.year and at <= month]
    return made(found) if found else None
