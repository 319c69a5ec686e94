"""Forecasts of years that are over, each from what was known then, beside what came: how often the interval held it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shoushan.forecasting import widths
from shoushan.forecasting.estimating import centre, forecast
from shoushan.forecasting.generating import WORKDAYS, Generated
from shoushan.forecasting.series import FLOW, Forecast, Series, Unknown

# no seed is in both: the widths are measured on the one and checked on the other
FITTING, CHECKING = range(0, 4000), range(200_000, 204_000)
ORIGINS = range(1, 12)
DAYS = dict(zip(range(1, 13), WORKDAYS, strict=True))
BELOW, ABOVE = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class Tried:
    """One forecast of a year that is over, and what the year came to."""

    kind: str
    years: int
    month: int
    forecast: Forecast
    outcome: float

    @property
    def is_held(self) -> bool:
        return self.forecast.low <= self.outcome <= self.forecast.high

    @property
    def width(self) -> float:
        """The interval's width as a share of the outcome."""
        return (self.forecast.high - self.forecast.low) / self.outcome if self.outcome else 0.0


def outcome(kind: str, year: dict[int, float]) -> float:
    return sum(year.values()) if kind == FLOW else year[12]


def origins(made: Generated, month: int) -> Iterator[tuple[Series, float]]:
    """The last year seen from a month of it, with no year before, with one, two and three."""
    whole = made.years[-1]
    known = {number: amount for number, amount in whole.items() if number <= month}
    for years in range(widths.MOST_YEARS + 1):
        past = made.years[-1 - years : -1]
        yield Series(made.kind, known, past, DAYS, [DAYS] * years), outcome(made.kind, whole)


def tried(series: Iterable[Generated]) -> Iterator[Tried]:
    """Every forecast that can be made of every last year."""
    for made in series:
        for month in ORIGINS:
            for seen, came in origins(made, month):
                said = forecast(seen)
                if not isinstance(said, Unknown):
                    yield Tried(made.kind, len(seen.past), month, said, came)


def fit(series: Iterable[Generated]) -> dict[tuple[str, int], tuple[tuple[float, float], ...]]:
    """The widths of `widths.py`: how many scales off the lowest and the highest tenth of outcomes lay."""
    off: dict[tuple[str, int, int], list[float]] = {}
    for made in series:
        for month in ORIGINS:
            for seen, came in origins(made, month):
                found = centre(seen)
                if not isinstance(found, Unknown):
                    place = (made.kind, len(seen.past), month)
                    off.setdefault(place, []).append(_scales_off(seen, *found, came))
    return {
        (kind, years): tuple(_tails(_nearest(off, kind, years, month)) for month in ORIGINS)
        for kind, years in sorted({(kind, years) for kind, years, _ in off})
    }


def _nearest(off: dict[tuple[str, int, int], list[float]], kind: str, years: int, month: int) -> list[float]:
    """What was measured in a month; where nothing can be forecast so early, in the first month where it can."""
    return next(off[kind, years, later] for later in range(month, 12) if (kind, years, later) in off)


def _scales_off(seen: Series, mid: float, scale: float, came: float) -> float:
    if seen.kind != FLOW:
        return (came - mid) / scale
    done = sum(seen.months.values())
    return math.log(max(came - done, 1e-9) / max(mid - done, 1e-9)) / scale


def _tails(off: list[float]) -> tuple[float, float]:
    ordered = sorted(off)
    low, high = ordered[int(len(ordered) * BELOW)], ordered[int(len(ordered) * ABOVE)]
    return round(max(-low, 0.05), 2), round(max(high, 0.05), 2)
