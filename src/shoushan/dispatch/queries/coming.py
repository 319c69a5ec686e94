"""What comes next in the year: the clocks of the months, and the days that goals fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from shoushan.plans.models import Year
from shoushan.returns.models import Period
from shoushan.web import dates

AHEAD, MOST = timedelta(days=60), 5


@dataclass(frozen=True, slots=True)
class Coming:
    """One day that comes, what falls on it, and the page about it."""

    on: date
    words: Any
    url: str


def coming(year: Year, *, on: date) -> list[Coming]:
    """The next days of the year, the soonest first."""
    today = dates.end_of(on)
    periods = Period.objects.filter(year=year, due_at__gte=today, due_at__lte=today + AHEAD).select_related("year")
    goals = year.goals.filter(due_on__gte=on, due_on__lte=on + AHEAD)
    found = [
        *(_month(period) for period in periods),
        *(Coming(goal.due_on, goal.title, f"/goals/{goal.pk}/") for goal in goals if goal.due_on),
    ]
    return sorted(found, key=lambda each: each.on)[:MOST]


def _month(period: Period) -> Coming:
    said = gettext("Until midnight %(month)s is on time") % {"month": dates.month(period.calendar_month)}
    return Coming(dates.last_day(period.due_at), said, period.get_absolute_url())
