"""What belongs before a month's meeting, by rule: lights, days that come, and follow-ups past theirs."""

from __future__ import annotations

from datetime import date, timedelta

from shoushan.dispatch.actions.meetings import Proposed
from shoushan.dispatch.models import AgendaItem, FollowUp
from shoushan.dispatch.queries.year import GoalRow, year_overview
from shoushan.orgs.models import Person
from shoushan.plans.models import Year

UNTIL_NEXT = timedelta(days=31)
LATE = ("red", "yellow")


def proposed(year: Year, person: Person, *, held_on: date, on: date) -> list[Proposed]:
    """The agenda that the rules give, each thing once and under its gravest reason; the gravest first.

    Red goals; goals slow (or worse) for two months running; goals that fall due before the next meeting and are not on
    course; follow-ups past their day.
    """
    now = year_overview(year, person, on=on).goals
    month_before = date(on.year, on.month, 1) - timedelta(days=1)
    before = {row.goal.pk: row.judged.light for row in year_overview(year, person, on=month_before).goals}
    red = [row for row in now if row.judged.light == "red"]
    again = [row for row in now if row.judged.light == "yellow" and before.get(row.goal.pk) in LATE]
    due = [row for row in now if row.judged.light != "green" and _falls_due(row, held_on)]
    rules = AgendaItem.Rule
    told = [(row, rules.RED) for row in red] + [(row, rules.YELLOW_AGAIN) for row in again]
    told += [(row, rules.FALLS_DUE) for row in due]
    once: dict[int, Proposed] = {}
    for row, rule in told:
        once.setdefault(row.goal.pk, Proposed(row.goal.title, rule, row.goal, row.goal.lead_unit))
    late = FollowUp.objects.standing().filter(state=FollowUp.State.OPEN, due_on__lt=held_on).select_related("unit")
    return [*once.values(), *(Proposed(it.what, rules.OVERDUE, None, it.unit) for it in late)]


def _falls_due(row: GoalRow, held_on: date) -> bool:
    return row.goal.due_on is not None and held_on <= row.goal.due_on <= held_on + UNTIL_NEXT
