"""What a forecast says: a range with its middle, what it rests on; or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

# named beside every forecast that is kept, so that an old one is judged by the method that made it
METHOD = "share-of-year/1"


@dataclass(frozen=True, slots=True)
class Event:
    """Something known that past years do not show: so much in a month to come (a deal's money, a road's opening)."""

    month: int
    amount: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the year will end, in the indicator's own measure: the range holds it ``level`` of the time."""

    low: float
    mid: float
    high: float
    level: float
    months: int  # months of this year it rests on
    years: int  # past years it rests on
    method: str = METHOD


@dataclass(frozen=True, slots=True)
class Impossible:
    """No forecast, and the reason: ``no_month``, ``too_little``, ``nothing_done`` or ``year_over``."""

    reason: str
