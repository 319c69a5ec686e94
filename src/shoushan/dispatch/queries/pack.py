"""The meeting pack (会议材料): one report, printed as paper, slides and workbook; each unit against its own plan.

Units stand in tree order and are never compared: a rank comes once a year, in the published result.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import get_language, gettext

from shoushan.dispatch.lights import Judged
from shoushan.dispatch.models import Meeting
from shoushan.dispatch.queries.course import GoalCourse, goal_courses, share_lines
from shoushan.dispatch.queries.follow_ups import Owed, owed
from shoushan.dispatch.queries.meetings import ItemRow, items_of, last_decisions
from shoushan.dispatch.queries.year import GoalRow, UnitLine, is_limit, year_overview
from shoushan.exchange.reports import Bars, Cell, Lines, Part, Report, Series, Table, figure, words
from shoushan.orgs.models import Person
from shoushan.web import dates, figures
from shoushan.web.lights import light


@dataclass(frozen=True, slots=True)
class _Told:
    """How figures are written in one pack: money in one unit throughout."""

    money: str

    def cell(self, value: Decimal | None, measure: str, places: int | None = None) -> Cell:
        return figure(figures.quantity(value, measure, unit=self.money, places=places).text)

    def unit(self, measure: str) -> str:
        return figures.measure_words(measure, self.money)

    def why(self, judged: Judged, measure: str) -> str:
        said = {name: figures.quantity(value, measure, unit=self.money) for name, value in judged.params().items()}
        return gettext(judged.reason) % {**said, "margin": judged.margin}


def pack_of(meeting: Meeting, person: Person, *, on: date, money: str = "yi") -> Report:
    """Everything the meeting looks at, as it stands on a day; what the last one decided comes first."""
    told = _Told(money)
    overview = year_overview(meeting.year, person, on=on)
    goals = sorted(overview.goals, key=lambda row: row.goal.order)
    items = items_of(meeting, person, on=on)
    courses = goal_courses(meeting.year, [it.item.goal for it in items if it.item.goal], on=on)
    month = dates.month(meeting.calendar_month)
    parts = [
        _last(owed(last_decisions(meeting, person), on=on)),
        _agenda(items),
        Part(gettext("How the goals stand"), [overview.answer], _goals(goals, told), empty=gettext("No goal yet.")),
        _bars(goals),
        *(_item(number, it, courses, told) for number, it in enumerate(items, start=1)),
        *_units(share_lines(meeting.year, person, on=on), told),
    ]
    return Report(
        title=gettext("Dispatch meeting %(month)s: pack") % {"month": month},
        note=gettext("Held on %(day)s · figures as they stood on %(on)s")
        % {"day": dates.weekday(meeting.held_on), "on": dates.day(on)},
        parts=[part for part in parts if part],
        foot=gettext("Each unit stands against its own plan, in the order of the district's units."),
        language=get_language() or "zh-hans",
        on=on,
    )


def _last(before: list[Owed]) -> Part:
    heads = [gettext("What was decided"), gettext("Unit"), gettext("Due on"), gettext("What became of it")]
    rows = [
        [
            words(f"{it.follow_up.what}\n{it.follow_up.how_known}"),
            words(it.follow_up.unit.name),
            words(dates.day(it.follow_up.due_on)),
            words(_became(it)),
        ]
        for it in before
    ]
    title = gettext("What the last meeting decided, and what became of it")
    return Part(title, [], Table(heads, rows, [6, 2, 2, 3]), empty=gettext("The last meeting decided nothing."))


def _became(it: Owed) -> str:
    if it.is_overdue:
        late = gettext("Past its day")
        return f"{late} · {it.rung.words}" if it.rung else late
    state = it.follow_up.get_state_display()
    if it.follow_up.due_on == it.follow_up.first_due_on:
        return state
    first = gettext("extended, first %(day)s") % {"day": dates.day(it.follow_up.first_due_on)}
    return f"{state} · {first}"


def _agenda(items: list[ItemRow]) -> Part:
    heads = [gettext("No."), gettext("What it is about"), gettext("Why it is here"), gettext("Who speaks to it")]
    rows = [
        [
            figure(str(number)),
            words(it.item.title),
            words(_reason(it)),
            words(it.item.unit.name if it.item.unit else "—"),
        ]
        for number, it in enumerate(items, start=1)
    ]
    return Part(gettext("Agenda"), [], Table(heads, rows, [1, 5, 4, 2]), empty=gettext("Nothing is on the agenda."))


def _reason(it: ItemRow) -> str:
    reason = str(it.item.get_rule_display())
    return f"{reason} · {_light(it.row.judged)}" if it.row else reason


def _light(judged: Judged) -> str:
    return str(light(judged.light).word)


def _heads() -> list[str]:
    return [
        gettext("Goal"),
        gettext("Unit of measure"),
        gettext("Target"),
        gettext("Due to date"),
        gettext("Reported"),
        gettext("Verified"),
        gettext("Light"),
    ]


WIDTHS = [6, 2, 2, 2, 2, 2, 2]


def _goals(goals: list[GoalRow], told: _Told) -> Table:
    rows = [_goal_row(row.goal.title, row.goal.value, row, told, row.goal.measure) for row in goals]
    return Table(_heads(), rows, WIDTHS)


def _goal_row(title: str, target: Decimal | None, row: GoalRow | UnitLine, told: _Told, measure: str) -> list[Cell]:
    figured = [told.cell(value, measure) for value in (target, row.due, row.reported, row.verified)]
    return [words(title), words(told.unit(measure) or "—"), *figured, words(_light(row.judged))]


def _bars(goals: list[GoalRow]) -> Part | None:
    """Each goal in per cent of its own target; goals without a figure are left to the table."""
    known = [row for row in goals if row.goal.value and row.due is not None and not _is_limit(row)]
    if not known:
        return None
    shares: dict[str, list[Decimal | None]] = {
        gettext("Verified"): [row.verified_share if row.verified is not None else None for row in known],
        gettext("Reported"): [row.reported_share if row.reported is not None else None for row in known],
        gettext("Due to date"): [row.due_share for row in known],
    }
    series = [Series(name, [_percent(share) for share in found]) for name, found in shares.items()]
    chart = Bars([row.goal.title for row in known], series, gettext("% of the target"))
    return Part(gettext("The goals in per cent of their own targets"), [], None, chart)


def _is_limit(row: GoalRow) -> bool:
    """What must not be exceeded has no share of a target to reach."""
    return row.goal.indicator is not None and is_limit(row.goal, row.goal.indicator)


def _percent(share: Decimal | None) -> Cell:
    return figure(figures.percent(share).removesuffix("%"))


def _item(number: int, it: ItemRow, courses: dict[int, GoalCourse], told: _Told) -> Part:
    """One item: why, the words of the document, what units say, and its year as a line against the schedule."""
    said = [_reason(it)]
    chart = None
    goal = it.item.goal
    if it.row and goal:
        said = [f"{_light(it.row.judged)} · {told.why(it.row.judged, goal.measure)}"]
        course = courses.get(goal.pk)
        chart = _lines(course, told, goal.measure) if course else None
    said += [
        gettext("%(unit)s says: %(words)s") % {"unit": each.unit.name, "words": each.text} for each in it.statements
    ]
    return Part(f"{number}. {it.item.title}", said, None, chart)


def _lines(course: GoalCourse, told: _Told, measure: str) -> Lines:
    labels = [str(month) for month in course.months]
    series = [
        Series(gettext("Reported"), [told.cell(value, measure) for value in course.done]),
        Series(gettext("Due to date"), [told.cell(value, measure) for value in course.due]),
    ]
    return Lines(labels, series, told.unit(measure) or "")


def _units(lines: list[UnitLine], told: _Told) -> list[Part]:
    """Each unit against its own plan, in tree order: never beside another in a common column."""
    parts = []
    for unit, own in groupby(lines, key=lambda line: line.share.unit):
        rows = [_goal_row(line.share.goal.title, line.share.value, line, told, line.share.goal.measure) for line in own]
        parts.append(Part(unit.name, [], Table(_heads(), rows, WIDTHS)))
    return parts
