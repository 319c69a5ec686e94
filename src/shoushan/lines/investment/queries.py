"""The funnel: how many deals reach each stage, month by month, and how long they stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from shoushan.core.months import Month
from shoushan.lines.investment.line import deals
from shoushan.orgs.models import Person
from shoushan.registers.models import Step


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage: how many reached it, each by its own confirmation, and the days the middle deal spent in it.

    ``stays`` tells those days by the month in which deals went on; ``waiting`` counts arrivals not confirmed yet.
    """

    label: str
    months: list[int]
    whole: int
    waiting: int
    stays: list[float | None]
    days: float | None
    share: float  # of those that reached the first stage, 0 to 1


@dataclass(frozen=True, slots=True)
class Funnel:
    """A year's funnel, and the money by currency that came in it."""

    months: list[Month]
    rows: list[StageRow]


def funnel(person: Person, year: int) -> Funnel:
    """The funnel of the deals a person sees; each stage counted by its own confirmation."""
    seen = deals.model.objects.visible_to(person).standing().values("pk")
    steps = Step.objects.filter(line=deals.key, record_id__in=seen).standing()
    confirmed: dict[int, dict[str, date]] = defaultdict(dict)
    waiting: Counter[str] = Counter()
    for deal, stage, on, state in steps.values_list("record_id", "stage", "happened_on", "state"):
        if state == Step.State.CONFIRMED:
            confirmed[deal][stage] = on
        elif on.year == year:
            waiting[stage] += 1
    stages = [str(stage) for stage in deals.flow.stages]
    reached: dict[str, Counter[int]] = {stage: Counter() for stage in stages}
    stayed: dict[str, dict[int, list[int]]] = {stage: defaultdict(list) for stage in stages}
    for days in confirmed.values():
        for stage, on in days.items():
            if on.year == year:
                reached[stage][on.month] += 1
        for first, second in pairwise(stage for stage in stages if stage in days):
            if days[second].year == year:
                stayed[first][days[second].month].append((days[second] - days[first]).days)
    most = max((reached[stages[0]].total(), 1))
    rows = [
        StageRow(
            deals.stage_label(stage),
            [reached[stage][month] for month in range(1, 13)],
            reached[stage].total(),
            waiting[stage],
            [_middle(stayed[stage].get(month, [])) for month in range(1, 13)],
            _middle([days for month in stayed[stage].values() for days in month]),
            reached[stage].total() / most,
        )
        for stage in stages
    ]
    return Funnel([Month(year, month) for month in range(1, 13)], rows)


def _middle(days: list[int]) -> float | None:
    return median(days) if days else None
