"""What belongs before a month's meeting, by rule: lights, changed plans, records past limits, and what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from shoushan.dispatch.actions.meetings import Proposed
from shoushan.dispatch.agenda import AgendaRule, agenda_rule
from shoushan.dispatch.models import AgendaItem, Alarm, FollowUp, Meeting
from shoushan.dispatch.queries.year import GoalRow, year_overview
from shoushan.ledger.models import Event
from shoushan.ledger.queries import entries
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Schedule, Share, Year
from shoushan.registers.lines import all_lines
from shoushan.web import dates

LATE = ("red", "yellow")
MONTH = timedelta(days=31)


def proposed(year: Year, person: Person, *, held_on: date, on: date) -> list[Proposed]:
    """The agenda that the rules give, each thing once and under its gravest reason; the gravest first.

    Red goals; goals slow (or worse) for some months running; goals that fall due before the next meeting and are not
    on course; goals whose schedule was changed since the last one; registers late in several units; follow-ups past
    their day, or due by the meeting.
    """
    rule = agenda_rule(held_on)
    return [
        *_goals(year, person, rule, held_on=held_on, on=on),
        *_registers(year, rule, on=on),
        *_follow_ups(rule, held_on),
    ]


def _goals(year: Year, person: Person, rule: AgendaRule, *, held_on: date, on: date) -> Iterable[Proposed]:
    now = year_overview(year, person, on=on).goals
    slow = _slow_before(year, person, rule.yellow_months, on=on)
    moved = _moved(year, since=_last_meeting(year, held_on))
    limit = held_on + timedelta(days=rule.falls_due_days)
    rules = AgendaItem.Rule
    told = [(row.goal, rules.RED) for row in now if row.judged.light == "red"]
    told += [(row.goal, rules.YELLOW_AGAIN) for row in now if row.judged.light == "yellow" and row.goal.pk in slow]
    told += [(row.goal, rules.FALLS_DUE) for row in now if row.judged.light != "green" and _due(row, held_on, limit)]
    told += [(row.goal, rules.MOVED) for row in now if row.goal.pk in moved]
    once: dict[int, Proposed] = {}
    for goal, reason in told:
        once.setdefault(goal.pk, Proposed(goal.title, reason, goal, goal.lead_unit))
    return once.values()


def _due(row: GoalRow, first: date, last: date) -> bool:
    return row.goal.due_on is not None and first <= row.goal.due_on <= last


def _slow_before(year: Year, person: Person, months: int, *, on: date) -> set[int]:
    """Goals that were slow or worse at the end of each of the months before this one."""
    found: set[int] | None = None
    end = on
    for _ in range(months - 1):
        end = end.replace(day=1) - timedelta(days=1)
        slow = {row.goal.pk for row in year_overview(year, person, on=end).goals if row.judged.light in LATE}
        found = slow if found is None else found & slow
    return found or set()


def _last_meeting(year: Year, held_on: date) -> date:
    last = Meeting.objects.filter(year=year, held_on__lt=held_on).order_by("-held_on").first()
    return last.held_on if last else held_on - MONTH


def _moved(year: Year, *, since: date) -> set[int]:
    """Goals whose schedule was changed, not made, after a day; a point taken out names its share in its event."""
    events = Event.objects.filter(subject=Schedule.ledger_name(), version__gt=1, at__gte=dates.end_of(since))
    changed = entries(events)
    shares = {share for entry in changed for share in (entry.before.get("share"), entry.after.get("share")) if share}
    points = Q(schedule__in=[int(entry.subject_id) for entry in changed])
    found = Share.objects.filter(points | Q(pk__in=shares), goal__year=year)
    return set(found.values_list("goal_id", flat=True))


def _registers(year: Year, rule: AgendaRule, *, on: date) -> Iterable[Proposed]:
    """A register in which records are far past a limit in several units: what should have moved and did not."""
    late: dict[str, list[Unit]] = {}
    alight = Q(lit_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    alarms = Alarm.objects.filter(alight, year=year, rule="stage.late", light="red").select_related("unit")
    for alarm in alarms.order_by("unit__path", "pk"):
        late.setdefault(alarm.title, []).append(alarm.unit)
    for line in all_lines():
        units = late.get(line.key, [])
        if len(units) >= rule.late_units:
            count = ngettext("past a limit in %(count)s unit", "past a limit in %(count)s units", len(units))
            named = gettext("%(register)s: %(late)s") % {
                "register": line.label,
                "late": count % {"count": len(units)},
            }
            yield Proposed(named, AgendaItem.Rule.LATE)


def _follow_ups(rule: AgendaRule, held_on: date) -> Iterable[Proposed]:
    last = held_on + timedelta(days=rule.owed_days)
    owed = FollowUp.objects.filter(state=FollowUp.State.OPEN, due_on__lte=last).select_related("unit")
    for it in owed.order_by("due_on", "unit__path", "pk"):
        reason = AgendaItem.Rule.OVERDUE if it.due_on < held_on else AgendaItem.Rule.OWED
        yield Proposed(it.what, reason, None, it.unit)
