"""A level or a ratio: the latest counts, and it wanders on from there as it has wandered before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from shoushan.forecasting.answer import Forecast, Impossible
from shoushan.forecasting.spread import OF_THE_BELL, pooled
from shoushan.forecasting.student import quantile

MONTHS, LEAST_STEPS = 12, 2


def forecast(
    history: Sequence[Mapping[int, float]],
    known: Mapping[int, float],
    *,
    level: float,
    bounds: tuple[float | None, float | None],
) -> Forecast | Impossible:
    """Where a level stands at the year's end: its last value, the drift of past years, and its steps' spread."""
    last = max(known)
    steps = [step for year in (*history, known) for step in _steps(year)]
    if len(steps) < LEAST_STEPS:
        return Impossible("too_little")
    left = MONTHS - last
    drift = sum(steps) / len(steps)
    squares = sum((step - drift) ** 2 for step in steps)
    spread = pooled(squares, len(steps) - 1, believed=squares / (len(steps) - 1))
    # months to come stray each by itself; the drift is wrong the same way in all of them
    variance = spread.variance * (left + left**2 / len(steps))
    half = quantile(0.5 + level / 2, spread.freedom) * sqrt(variance) * OF_THE_BELL
    mid = known[last] + drift * left
    low, high = (_within(each, bounds) for each in (mid - half, mid + half))
    return Forecast(low, _within(mid, bounds), high, level, len(known), len(history))


def _steps(year: Mapping[int, float]) -> list[float]:
    """From one known month to the next; over a gap, an equal part for each month."""
    months = sorted(year)
    return [(year[after] - year[before]) / (after - before) for before, after in zip(months, months[1:], strict=False)]


def _within(value: float, bounds: tuple[float | None, float | None]) -> float:
    low, high = bounds
    value = value if low is None else max(value, low)
    return value if high is None else min(value, high)
