"""The way of goals and shares through the year: each share in tree order, and each goal month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shoushan.core.months import Month
from shoushan.dispatch.queries.year import UnitLine, judged, together
from shoushan.orgs.models import Person
from shoushan.plans.models import Goal, Indicator, Share, Year
from shoushan.plans.models.goals import ShareQuerySet
from shoushan.returns.queries.actuals import Actuals, Monthly, actuals


@dataclass(frozen=True, slots=True)
class GoalCourse:
    """One goal to the end of each month: what was done, and what its schedule asks for; None for what is not known."""

    months: list[Month]
    done: list[Decimal | None]
    due: list[Decimal | None]


def share_lines(year: Year, person: Person, *, on: date) -> list[UnitLine]:
    """Every share of a measured goal that a person sees, unit by unit in tree order, each against its own plan."""
    shares = _carried(Share.objects.visible_to(person).filter(goal__year=year))
    figures, month = actuals(year, _indicators(shares), until=on), year.months_over(on)
    lines = []
    for share in shares:
        indicator = _indicator(share)
        share.goal.year = year
        monthly = figures.get((indicator.pk, share.unit_id), Monthly())
        reported = monthly.to_date(indicator, month, verified=False)
        verified = monthly.to_date(indicator, month, verified=True)
        due = share.due_by(month)
        lines.append(UnitLine(share, due, reported, verified, judged(share.goal, indicator, reported, due, month)))
    return lines


def goal_courses(year: Year, goals: Iterable[Goal], *, on: date) -> dict[int, GoalCourse]:
    """The course of some goals; the same questions however many."""
    shares = _carried(Share.objects.filter(goal__in=[goal.pk for goal in goals]))
    figures = actuals(year, _indicators(shares), until=on)
    carried: dict[int, list[Share]] = {}
    for share in shares:
        carried.setdefault(share.goal_id, []).append(share)
    return {pk: _course(year, own, figures, year.months_over(on)) for pk, own in carried.items()}


def _course(year: Year, shares: list[Share], figures: Actuals, over: int) -> GoalCourse:
    indicator = _indicator(shares[0])
    monthly = [figures.get((indicator.pk, share.unit_id), Monthly()) for share in shares]
    months = range(1, 13)
    done = [
        together(indicator, [each.to_date(indicator, month, verified=False) for each in monthly])
        if month <= over
        else None
        for month in months
    ]
    due = [together(indicator, [share.due_by(month) for share in shares]) for month in months]
    return GoalCourse([Month(year.number, month) for month in months], done, due)


def _carried(shares: ShareQuerySet) -> list[Share]:
    found = shares.filter(goal__indicator__isnull=False)
    related = found.select_related("unit", "goal__indicator").prefetch_related("schedule")
    return list(related.order_by("unit__path", "goal__order", "goal_id"))


def _indicator(share: Share) -> Indicator:
    assert share.goal.indicator is not None  # noqa: S101 - the query leaves out goals without one
    return share.goal.indicator


def _indicators(shares: Iterable[Share]) -> list[Indicator]:
    return list({share.goal.indicator_id: _indicator(share) for share in shares}.values())
