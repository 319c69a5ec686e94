"""How each figure's year will probably end, from its months and the years before; and how often that held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from shoushan.core import workdays
from shoushan.core.months import Month
from shoushan.dispatch.models import Forecast
from shoushan.dispatch.queries.facts import indicator_of, shares_of
from shoushan.forecasting import METHOD, Series, Unknown, forecast
from shoushan.forecasting import Forecast as Said
from shoushan.plans.models import Goal, Indicator, Share, Year
from shoushan.returns.queries.actuals import Actuals, Monthly, actuals

MOST_YEARS = 3
LAST = 12
# below so many compared forecasts a hit rate says little, and the page says so
FEW = 30
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The year's end as a page tells it: between ``low`` and ``high``, or why nothing can be said."""

    low: Decimal | None = None
    mid: Decimal | None = None
    high: Decimal | None = None
    past_years: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HitRate:
    """Of forecasts of years that are over: how many were compared, and how many held."""

    compared: int
    held: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.held) / self.compared if self.compared else None

    @property
    def is_small(self) -> bool:
        return self.compared < FEW


def forecasts_of(year: Year, *, on: date) -> list[Forecast]:
    """A forecast, not yet kept, of every measured share of a year for which one can be made."""
    month = year.months_over(on)
    if not 0 < month < LAST:
        return []
    pairs = _pairs(year)
    past = _past(year, list({indicator.pk: indicator for indicator, _ in pairs}.values()))
    figures = actuals(year, {it.pk: it for it, _ in pairs}.values(), until=Month(year.number, month).last_day)
    found = []
    for indicator, unit_id in pairs:
        said = forecast(series(indicator, unit_id, year.number, month, figures, past))
        if isinstance(said, Said):
            low, mid, high = (_exact(each, indicator) for each in (said.low, said.mid, said.high))
            found.append(
                Forecast(
                    year=year,
                    indicator=indicator,
                    unit_id=unit_id,
                    month=month,
                    low=low,
                    mid=mid,
                    high=high,
                    past_years=said.years,
                    method=said.method,
                    made_on=on,
                )  # fmt: skip
            )
    return found


def _pairs(year: Year) -> list[tuple[Indicator, int]]:
    """Every figure that a unit carries a share of, or has typed where a year has no goals here."""
    carried = {(indicator_of(it).pk, it.unit_id): (indicator_of(it), it.unit_id) for it in shares_of(year)}
    if carried:
        return list(carried.values())
    typed = Indicator.objects.filter(values__entry__period__year=year).distinct()
    figures = actuals(year, typed, until=date(year.number, LAST, 31))
    known = {it.pk: it for it in typed}
    return [(known[indicator_id], unit_id) for indicator_id, unit_id in figures]


@dataclass(frozen=True, slots=True)
class Ends:
    """How a goal's year will probably end: each unit's part, the whole where parts add up, and how often that held."""

    by_share: dict[int, YearEnd]
    whole: YearEnd | None
    hits: HitRate


def goal_ends(goal: Goal, *, on: date) -> Ends | None:
    """How a goal's year will probably end, by unit and together; None where nothing counts it or nobody carries it."""
    shares = list(goal.shares.all()) if goal.indicator else []
    return year_ends(shares, goal.indicator, goal.year, on=on) if goal.indicator and shares else None


def year_ends(shares: Iterable[Share], indicator: Indicator, year: Year, *, on: date) -> Ends:
    """The year ends of one indicator's shares, by share; the same questions however many."""
    carried, month = list(shares), year.months_over(on)
    past = _past(year, [indicator])
    figures = actuals(year, [indicator], until=Month(year.number, max(month, 1)).last_day)
    units = [share.unit_id for share in carried]
    found = {
        share.pk: _said(forecast(series(indicator, share.unit_id, year.number, month, figures, past)), indicator)
        for share in carried
    }
    whole = _whole(indicator, units, year.number, month, figures, past) if indicator.adds_up and units else None
    return Ends(found, whole, hit_rate(indicator, before=year.number))


def _whole(indicator: Indicator, units: list[int], year: int, month: int, figures: Actuals, past: Past) -> YearEnd:
    """All units together, up to the last month that every one of them has told; past years where all did, too."""
    now = _together(indicator, units, figures, month)
    years = {number: _together(indicator, units, known, LAST) for number, known in past.items()}
    whole = {number: months for number, months in years.items() if LAST in months}
    told = Series(indicator.kind, now, list(whole.values()), days_of(year), [days_of(number) for number in whole])
    return _said(forecast(told), indicator)


def _together(indicator: Indicator, units: list[int], figures: Actuals, until: int) -> dict[int, float]:
    parts = [_months(indicator, figures.get((indicator.pk, unit), Monthly()), until) for unit in units]
    return {
        month: sum(part[month] for part in parts) for month in range(1, until + 1) if all(month in it for it in parts)
    }


def _said(said: Said | Unknown, indicator: Indicator) -> YearEnd:
    if isinstance(said, Unknown):
        return YearEnd(reason=said.reason)
    low, mid, high = (_exact(each, indicator) for each in (said.low, said.mid, said.high))
    return YearEnd(low, mid, high, said.years)


def _exact(value: float, indicator: Indicator) -> Decimal:
    """A forecast promises no more decimals than the figure has."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-indicator.places)).quantize(PLACES)


# the figures of each year before, by its number
Past = Mapping[int, Actuals]


def _past(year: Year, indicators: list[Indicator]) -> Past:
    before = Year.objects.filter(number__lt=year.number, number__gte=year.number - MOST_YEARS).order_by("number")
    return {it.number: actuals(it, indicators, until=date(it.number, LAST, 31)) for it in before}


def series(indicator: Indicator, unit_id: int, year: int, month: int, figures: Actuals, past: Past) -> Series:
    """One figure of one unit as the library takes it."""
    now = figures.get((indicator.pk, unit_id), Monthly())
    whole = {
        number: months
        for number, known in past.items()
        if LAST in (months := _months(indicator, known.get((indicator.pk, unit_id), Monthly()), LAST))
    }
    return Series(
        kind=indicator.kind,
        months=_months(indicator, now, month),
        past=list(whole.values()),
        workdays=days_of(year),
        past_workdays=[days_of(number) for number in whole],
    )


def _months(indicator: Indicator, monthly: Monthly, until: int) -> dict[int, float]:
    """The months known; of a sum, one without a figure before the last one came with the next."""
    known = {month: float(amount) for month, amount in monthly.reported.items() if month <= until}
    if not known or not indicator.adds_up:
        return known
    is_counted = indicator.source == Indicator.Source.DERIVED
    last = until if is_counted else max(known)
    explained = {month: 0.0 for month in range(1, last + 1) if is_counted or month in monthly.no_data}
    return {**explained, **known}


@lru_cache(maxsize=20)
def days_of(year: int) -> dict[int, int]:
    """The working days of each month of a year."""
    months = [Month(year, month) for month in range(1, LAST + 1)]
    return {it.month: workdays.between(it.previous().last_day, it.last_day, working=True) for it in months}


def hit_rate(indicator: Indicator, *, before: int) -> HitRate:
    """How often forecasts of this indicator held, over every unit and month of the years that are over."""
    said = list(
        Forecast.objects.filter(indicator=indicator, year__number__lt=before, method=METHOD).values_list(
            "year_id", "unit_id", "low", "high"
        )
    )
    years = Year.objects.in_bulk({year for year, *_ in said})
    came = {pk: actuals(it, [indicator], until=date(it.number, LAST, 31)) for pk, it in years.items()}
    held = []
    for year, unit, low, high in said:
        monthly = came[year].get((indicator.pk, unit), Monthly())
        outcome = monthly.to_date(indicator, LAST, verified=False)
        if outcome is not None and LAST in monthly.reported:
            held.append(low <= outcome <= high)
    return HitRate(len(held), sum(held))
