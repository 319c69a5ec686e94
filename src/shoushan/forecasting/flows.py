"""A flow: months add up, and the year's shape is that of past years, day for working day.

Each past year is brought to this year's working days and to an average month of 1; the mean of the years is the shape.
What is done so far, divided by the shape's share of it, is this year's size; the rest of the shape at that size, and
known events, make the year's end. Three things make it uncertain: the months to come stray, the size is known from
few months only, and so is the shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from shoushan.forecasting.answer import Event, Forecast, Impossible
from shoushan.forecasting.spread import OF_THE_BELL, Spread, pooled
from shoushan.forecasting.student import quantile

MONTHS = 12
LEAST_ALONE = 3  # without a past year, so many months of this one are the least


def forecast(
    shapes: Sequence[Sequence[float]], known: Mapping[int, float], events: Iterable[Event], *, level: float
) -> Forecast | Impossible:
    """The year's total from past years' ``shapes`` (each sums to 12) and the months known of this one."""
    years = len(shapes)
    if not years and len(known) < LEAST_ALONE:
        return Impossible("too_little")
    shape = [sum(each[month] for each in shapes) / years for month in range(MONTHS)] if years else [1.0] * MONTHS
    done_share = sum(shape[month - 1] for month in known)
    done = sum(known.values())
    if done_share <= 0 or done <= 0:
        return Impossible("nothing_done")
    size = done / done_share
    rest = [month for month in range(1, MONTHS + 1) if month not in known and shape[month - 1] > 0]
    rest_share = sum(shape[month - 1] for month in rest)
    spread = _strayed(shapes, shape, known, size)
    doubt = spread.variance * (1 + 1 / max(years, 1))
    variance = len(rest) * doubt + rest_share**2 * len(known) * doubt / done_share**2
    half = quantile(0.5 + level / 2, spread.freedom) * sqrt(variance) * size * OF_THE_BELL
    mid = done + rest_share * size + sum(event.amount for event in events if event.month not in known)
    least = done if min(known.values()) >= 0 else mid - half
    return Forecast(max(mid - half, least), max(mid, least), mid + half, level, len(known), years)


def _strayed(
    shapes: Sequence[Sequence[float]], shape: Sequence[float], known: Mapping[int, float], size: float
) -> Spread:
    """How far months strayed from the shape: those of past years, and those of this year so far."""
    years = len(shapes)
    past = sum((each[month] - shape[month]) ** 2 for each in shapes for month in range(MONTHS))
    # this year's months differ from the shape by their own straying and by the shape's
    own = sum((amount / size - shape[month - 1]) ** 2 for month, amount in known.items()) / (1 + 1 / max(years, 1))
    return pooled(past + own, max(years - 1, 0) * (MONTHS - 1) + len(known) - 1)


def shape_of(months: Sequence[float], days: Sequence[int], days_now: Sequence[int]) -> list[float] | None:
    """A past year's shape on this year's working days, its average month 1; None for a year that came to nothing."""
    moved = [amount * now / then for amount, then, now in zip(months, days, days_now, strict=True)]
    total = sum(moved)
    return [amount * MONTHS / total for amount in moved] if total > 0 else None
