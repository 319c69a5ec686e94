"""How a year will probably end, from its months so far and the shape of the years before.

**Flow** (months add up). Each month is divided by its working days. A past year tells how much came in the months
that are still missing for each unit of what came in the months that are known; several years are averaged in
logarithms, together with one more “year” in which every working day brings the same, so that one odd year does not
rule. What is known times that ratio is what is still to come. An event that has arrived is taken out before and put
back after, since it does not repeat; one that is still expected widens the interval upwards, since it may slip.

**Level and ratio** (the latest month counts). The latest month moves on by what past years moved from that month to
their end, drawn towards no movement where the years are few.

**Width.** An interval is a scale, computed from how restless the series itself is and how much of the year is
missing, times two factors (downwards and upwards) that were measured once: `widths.py` holds, by kind, number of past
years and month, how many scales off generated series lay. `python3 start.py bench forecast` checks them on series
that were not used for that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import fmean, median, pstdev

from shoushan.core.errors import mark
from shoushan.forecasting import widths
from shoushan.forecasting.series import (
    CUMULATIVE,
    FLOW,
    LEVEL,
    MONTHS,
    RATIO,
    Forecast,
    Known,
    Series,
    Unknown,
    as_flow,
)

METHOD = "shape-1"
LAST = 12
# with no year before, so many months are needed; with one, a single month is
FEWEST_ALONE = 3
# a restlessness nobody is below: a figure that never moved in a few months may move
CALMEST_FLOW, CALMEST_LEVEL = 0.04, 0.004

TOO_FEW = mark("Too few months are known, and no year before shows the shape of a year.")
NOTHING_YET = mark("Nothing has been done yet that could be carried forward.")
OVER = mark("The year is complete; its figure stands.")
FALLS = mark("Months with negative figures have no shape to carry forward.")
ODD_KIND = mark("This kind of figure has no year end.")


def forecast(series: Series) -> Forecast | Unknown:
    """The year's end with an 80 % interval, or why none can be given; the same series gives the same answer."""
    found = centre(series)
    if isinstance(found, Unknown):
        return found
    mid, scale = found
    down, up = widths.factors(series.kind, len(series.past), max(series.months))
    return _bounded(series, mid, scale, down, up)


def centre(series: Series) -> tuple[float, float] | Unknown:
    """The middle of a forecast and the scale of its interval, before the measured factors."""
    if LAST in series.months:
        return Unknown(OVER)
    if not series.months or (not series.past and len(series.months) < FEWEST_ALONE):
        return Unknown(TOO_FEW)
    if series.kind in (FLOW, CUMULATIVE):
        return _flow(series)
    if series.kind in (LEVEL, RATIO):
        return _level(series)
    return Unknown(ODD_KIND)


def _bounded(series: Series, mid: float, scale: float, down: float, up: float) -> Forecast:
    if series.kind in (FLOW, CUMULATIVE):
        done = _done(series)
        coming = max(mid - done - _expected(series), 0.0)
        low = done + coming * math.exp(-scale * down)
        high = done + coming * math.exp(scale * up) + _expected(series)
    else:
        low, high = mid - scale * down, mid + scale * up
    if series.kind == RATIO:
        low, mid, high = (min(max(each, 0.0), 100.0) for each in (low, mid, high))
    return Forecast(low, mid, high, len(series.past), METHOD)


def _done(series: Series) -> float:
    return sum(_months(series).values())


def _months(series: Series) -> dict[int, float]:
    return as_flow(series.months) if series.kind == CUMULATIVE else dict(series.months)


def _expected(series: Series) -> float:
    return sum(event.amount for event in series.events if event.month > max(series.months))


def _flow(series: Series) -> tuple[float, float] | Unknown:
    months = _months(series)
    past = [as_flow(year) if series.kind == CUMULATIVE else year for year in series.past]
    usual = _without_events(months, series.events)
    if min(months.values()) < 0 or any(amount < 0 for year in past for amount in year.values()):
        return Unknown(FALLS)
    done = sum(usual.values())
    if done <= 0:
        return Unknown(NOTHING_YET)
    # of a series told to date, a gap is inside the next known month
    known = set(range(1, max(months) + 1)) if series.kind == CUMULATIVE else set(months)
    ratios = [_ratio(year, known, series, place) for place, year in enumerate(past)]
    seen = [each for each in ratios if each is not None]
    even = _days(series.workdays, set(MONTHS) - known) / _days(series.workdays, known)
    ratio = math.exp(fmean([math.log(each) for each in [*seen, even]]))
    coming = done * ratio
    return _sum_of(series) + coming + _expected(series), _restlessness(usual, past, series, known)


def _sum_of(series: Series) -> float:
    return sum(_months(series).values())


def _without_events(months: Mapping[int, float], events: Sequence[Known]) -> dict[int, float]:
    usual = dict(months)
    for event in events:
        if event.month in usual:
            usual[event.month] = max(usual[event.month] - event.amount, 0.0)
    return usual


def _days(workdays: Mapping[int, int] | None, months: set[int]) -> float:
    return float(sum((workdays or {}).get(month, 21) for month in months))


def _ratio(year: Mapping[int, float], known: set[int], series: Series, place: int) -> float | None:
    """What came in the missing months for what came in the known ones, as this year's working days would have it."""
    theirs = series.past_workdays[place] if place < len(series.past_workdays) else None

    def adjusted(months: set[int]) -> float:
        ours = series.workdays or {}
        return sum(
            year[month] * (ours.get(month, 21) / theirs[month] if theirs and series.workdays else 1.0)
            for month in months
            if month in year
        )

    above, below = adjusted(set(MONTHS) - known), adjusted(known)
    return above / below if above > 0 and below > 0 else None


def _restlessness(
    usual: Mapping[int, float], past: Sequence[Mapping[int, float]], series: Series, known: set[int]
) -> float:
    """How far what is still to come may lie off, in logarithms: a month's noise over the months that average it."""
    rates = [amount / _days(series.workdays, {month}) for month, amount in usual.items()]
    middle = fmean(rates)
    shapes = [_shape(year) for year in past]
    if shapes:
        expected = {month: fmean([shape.get(month, 1.0) for shape in shapes]) for month in known}
        rates = [rate / max(expected.get(month, 1.0), 0.05) for rate, month in zip(rates, usual, strict=True)]
        middle = fmean(rates)
    noise = pstdev(rates) / middle if middle > 0 and len(rates) > 1 else 0.3
    noise = min(max(noise, CALMEST_FLOW), 2.0)
    between = _spread([_ratio(year, known, series, place) for place, year in enumerate(past)])
    missing = max(LAST - len(known), 1)
    return math.sqrt(noise**2 / max(len(usual), 1) + noise**2 / missing + between**2 + CALMEST_FLOW**2)


def _shape(year: Mapping[int, float]) -> dict[int, float]:
    whole = sum(year.values())
    return {month: amount * len(year) / whole for month, amount in year.items()} if whole > 0 else {}


def _spread(ratios: Sequence[float | None]) -> float:
    """How differently past years ended from this month on."""
    known = [math.log(each) for each in ratios if each]
    return pstdev(known) if len(known) > 1 else 0.0


def _level(series: Series) -> tuple[float, float]:
    last = max(series.months)
    now = series.months[last]
    moved = [year[LAST] - year[last] for year in series.past if LAST in year and last in year]
    drift = sum(moved) / (len(moved) + 1) if moved else 0.0
    steps = [*_steps(series.months), *(step for year in series.past for step in _steps(year))]
    typical = median([abs(step) for step in steps]) * 1.48 if steps else 0.0
    wide = math.sqrt(fmean([step**2 for step in steps])) if steps else abs(now) * 0.05
    noise = max((typical + wide) / 2, abs(now) * CALMEST_LEVEL)
    between = pstdev(moved) if len(moved) > 1 else 0.0
    return now + drift, math.sqrt(noise**2 * (LAST - last) + between**2)


def _steps(months: Mapping[int, float]) -> list[float]:
    return [months[month] - months[month - 1] for month in sorted(months) if month - 1 in months]
