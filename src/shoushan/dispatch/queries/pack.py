"""The figures of a meeting's pack (会议材料包): the last meeting first, then goals, then units in tree order."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext

from shoushan.dispatch.models import Meeting
from shoushan.dispatch.queries.follow_ups import Owed, owed
from shoushan.dispatch.queries.lines import line_heads
from shoushan.dispatch.queries.meetings import ItemRow, items_of, last_decisions
from shoushan.dispatch.queries.year import GoalRow, Overview, year_overview
from shoushan.exchange.pack import Bar, Pack, Table
from shoushan.orgs.models import Person
from shoushan.web import dates, figures
from shoushan.web.lights import light

MOST = 1.2  # a bar is drawn to 120 %; beyond that it is said in words


def pack_of(meeting: Meeting, person: Person, *, on: date) -> Pack:
    """Everything the meeting needs to know, in the reader's language; units in tree order, and none before another."""
    overview = year_overview(meeting.year, person, on=on)
    title = gettext("Dispatch meeting, %(month)s") % {"month": dates.month(meeting.calendar_month)}
    return Pack(
        title=title,
        answer=overview.answer,
        tables=[
            _before(owed(last_decisions(meeting, person), on=on)),
            _agenda(items_of(meeting, person, on=on)),
            _goals(overview),
            _units(overview),
        ],
        bars=[_bar(row) for row in overview.goals if row.goal.value and row.due is not None],
        bars_title=gettext("Goals against their schedule"),
        done=gettext("verified"),
        due=gettext("where the schedule is today"),
        on=on.isoformat(),
        language=get_language() or "zh-hans",
    )


def _before(rows: list[Owed]) -> Table:
    heads = [gettext("what is to be done"), gettext("unit"), gettext("due on"), gettext("state")]
    return Table(
        gettext("What the last meeting decided, and what became of it"),
        heads,
        [
            [
                it.follow_up.what,
                it.follow_up.unit.name,
                dates.day(it.follow_up.due_on),
                gettext("Past its day") if it.is_overdue else str(it.follow_up.get_state_display()),
            ]
            for it in rows
        ],
        gettext("Nothing is owed."),
    )


def _agenda(rows: list[ItemRow]) -> Table:
    heads = [gettext("what it is about"), gettext("Light"), gettext("why it is here"), gettext("who speaks to it")]
    return Table(
        gettext("Agenda"),
        heads,
        [
            [
                it.item.title,
                str(light(it.row.judged.light).word) if it.row else "",
                str(it.item.get_rule_display()),
                it.item.unit.name if it.item.unit else "",
            ]
            for it in rows
        ],
        gettext("Nothing is on the agenda."),
    )


def _goals(overview: Overview) -> Table:
    heads = [gettext("goal"), gettext("Light"), gettext("Verified"), gettext("Reported"), gettext("Due to date")]
    return Table(gettext("Goals"), [*heads, gettext("Whole year")], [_goal(row) for row in overview.goals])


def _goal(row: GoalRow) -> list[str]:
    values = (row.verified, row.reported, row.due, row.goal.value)
    said = [str(figures.quantity(value, row.goal.measure)) for value in values]
    return [row.goal.title, str(light(row.judged.light).word), *said]


def _units(overview: Overview) -> Table:
    heads = [gettext("unit"), *(str(head) for head in line_heads(overview))]
    rows = [
        [row.unit.name, *(f"{light(code).word} {count}" if count else "" for code, count in row.cells)]
        for row in overview.units
    ]
    return Table(gettext("Units and work lines, each unit against its own plan"), heads, rows)


def _bar(row: GoalRow) -> Bar:
    done, due = (min(round(float(share), 4), MOST) for share in (row.verified_share, row.due_share))
    return Bar(row.goal.title, done, due, str(light(row.judged.light).word))
