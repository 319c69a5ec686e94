"""What a forecast is made from, and what it says: a year's months so far, the years before, and known events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MONTHS = range(1, 13)
FLOW, CUMULATIVE, LEVEL, RATIO = "flow", "cumulative", "level", "ratio"


@dataclass(frozen=True, slots=True)
class Known:
    """An event whose amount is known (已知事项): a deal's money, expected in or arrived in a month."""

    month: int
    amount: float


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of one unit: months by number, and each whole year before, the oldest first.

    A ``flow`` is what came in a month, ``cumulative`` the same told to date; a ``level`` stands, a ``ratio`` is in
    percent. ``workdays`` are the working days of this year's months and of each past year's; without them every
    month counts the same.
    """

    kind: str
    months: Mapping[int, float]
    past: Sequence[Mapping[int, float]] = ()
    workdays: Mapping[int, int] | None = None
    past_workdays: Sequence[Mapping[int, int]] = ()
    events: Sequence[Known] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The year's end, probably between ``low`` and ``high``: four times out of five, if the method is honest."""

    low: float
    mid: float
    high: float
    years: int
    method: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why nothing can be said yet; an English sentence, marked for translation."""

    reason: str


def as_flow(months: Mapping[int, float]) -> dict[int, float]:
    """Months told to date as what came in each; a month after a gap holds what came since the last one known.

    >>> as_flow({1: 10, 2: 25, 4: 60})
    {1: 10, 2: 15, 4: 35}
    """
    found, before = {}, 0.0
    for month in sorted(months):
        found[month], before = months[month] - before, months[month]
    return found
