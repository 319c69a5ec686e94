"""One question: what will this year come to?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shoushan.forecasting import flows, levels
from shoushan.forecasting.answer import Event, Forecast, Impossible

FLOW = "flow"
MONTHS = 12
ANY_DAYS = (21,) * MONTHS


def year_end(
    history: Sequence[Mapping[int, float]],
    known: Mapping[int, float],
    *,
    kind: str,
    days: Sequence[Sequence[int]] = (),
    days_now: Sequence[int] = ANY_DAYS,
    events: Iterable[Event] = (),
    level: float = 0.8,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Forecast | Impossible:
    """The year's end from past years (each ``{month: value}``, the oldest first) and this year's months so far.

    ``kind`` is ``flow`` (months add up), else the latest counts. ``days`` are the working days of each past year's
    months, ``days_now`` this year's; without them all months are alike. ``bounds`` hold a ratio in its range. A month
    that is missing in a past year of a flow counts as nothing; in this year it is still to come.

    >>> year_end([{month: 10.0 for month in range(1, 13)}], {1: 11.0, 2: 11.0, 3: 11.0}, kind="flow").mid
    132.0
    >>> year_end([], {1: 3.0}, kind="flow")
    Impossible(reason='too_little')
    """
    if not known:
        return Impossible("no_month")
    if max(known) >= MONTHS:
        return Impossible("year_over")
    if kind != FLOW:
        return levels.forecast(history, known, level=level, bounds=bounds)
    then = days or (days_now,) * len(history)
    shapes = [
        flows.shape_of([year.get(month, 0.0) for month in range(1, MONTHS + 1)], of_year, days_now)
        for year, of_year in zip(history, then, strict=True)
    ]
    return flows.forecast([shape for shape in shapes if shape], known, events, level=level)
