"""The year in one look: every goal against its schedule, reported and verified apart, and every unit in tree order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext

from shoushan.core.errors import mark
from shoushan.core.months import Month
from shoushan.dispatch.lights import NOBODY, UNCOUNTED, WORST_FIRST, Judged, judge
from shoushan.dispatch.rules import Rule, book
from shoushan.ledger import kept, moment
from shoushan.ledger.models import Ledgered
from shoushan.ledger.queries import as_it_was
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Goal, Indicator, Schedule, Share, Year
from shoushan.registers.lines import all_lines, measure_named
from shoushan.returns.queries.actuals import Actuals, Monthly, actuals

M = TypeVar("M", bound=Ledgered)
# what is due to date, by a share's id
Dues = dict[int, Decimal]
# the lights of one unit, by the work line that its goals belong to; "" for goals of no register
Lights = dict[str, Counter[str]]
# every unit with how many of its shares have which light
Parts = list[tuple[Unit, Lights]]


class Carried(NamedTuple):
    """A unit's share of a goal, without what the page does not need: a district of 500 units has 10,000."""

    pk: int
    goal: Goal
    unit: Unit


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal to date: what is due, reported and verified, its light and why."""

    goal: Goal
    due: Decimal | None
    reported: Decimal | None
    verified: Decimal | None
    judged: Judged

    @property
    def reported_share(self) -> Decimal:
        return _share(self.reported, self.goal.value)

    @property
    def verified_share(self) -> Decimal:
        return _share(self.verified, self.goal.value)

    @property
    def due_share(self) -> Decimal:
        return _share(self.due, self.goal.value)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's lights, against its own plan; no unit is compared with another."""

    unit: Unit
    lights: list[tuple[str, int]]
    cells: list[tuple[str, int]]  # for each line of the overview: its worst light, and how many are lit


@dataclass(frozen=True, slots=True)
class Overview:
    """The year page: goals with the worst first, units in tree order, and how many have which light."""

    year: Year
    until: date
    goals: list[GoalRow]
    units: list[UnitRow]
    counts: list[tuple[str, int]]
    lines: list[str]  # the work lines that units carry goals of, in their order; "" for goals of no register
    known: datetime | None = None  # what had been entered by then; None for all that is known
    as_of: datetime | None = None  # when it was worked out, where it may stand a while; None where it is of now

    @property
    def answer(self) -> str:
        """Are we on course? One sentence, with the goal that needs the district head first."""
        lights = dict(self.counts)
        said = _ANSWERS["red" if "red" in lights else "yellow" if "yellow" in lights else "green"]
        unjudged = sum(lights.get(light, 0) for light in ("grey", "no_data", "not_due"))
        tail = [gettext("%(count)s cannot be judged yet.") % {"count": unjudged}] if unjudged else []
        words = {
            "red": lights.get("red", 0),
            "yellow": lights.get("yellow", 0),
            "green": lights.get("green", 0),
            "worst": self.goals[0].goal.title,
        }
        return " ".join([gettext(said) % words, *tail])


_ANSWERS = {
    "red": mark("No: behind %(red)s, slow %(yellow)s, on course %(green)s; look at “%(worst)s” first."),
    "yellow": mark("Nearly: slow %(yellow)s, on course %(green)s; look at “%(worst)s” first."),
    "green": mark("Yes: on course %(green)s, none behind."),
}


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal:
    return part / whole if part is not None and whole else Decimal(0)


def year_overview(year: Year, person: Person, *, on: date, known: datetime | None = None) -> Overview:
    """The year up to the last month that is over on a day; what is known of it is the same whoever asks.

    With ``known``, a moment of the past, as it had been entered, verified and agreed by then.
    """
    found = kept.until_written(("dispatch.year", year.pk, on, known), lambda: _judged_year(year, on, known), rest=_rest)
    goals, parts, at = found
    lights = Counter(row.judged.light for row in goals)
    lines = lines_carried(parts)
    return Overview(
        year=year,
        until=on,
        goals=goals,
        units=_unit_rows(parts, lines, person),
        counts=[(light, lights[light]) for light in WORST_FIRST if lights[light]],
        lines=lines,
        known=known,
        as_of=at if _rest(found) else None,
    )


# A district of up to some fifty units is worked out in a quarter of a second, and anew whenever anything is written.
MANY, REST = 3_000, 5.0
# every goal with its light, every unit's lights, and when both were worked out
YearJudged = tuple[list[GoalRow], Parts, datetime]


def _rest(found: YearJudged) -> float:
    """For how many seconds a year may stand while units write: none, but where it has thousands of shares."""
    lit = sum(count for _, lights in found[1] for each in lights.values() for count in each.values())
    return REST if lit >= MANY else 0.0


def _judged_year(year: Year, on: date, known: datetime | None) -> YearJudged:
    """Every goal with its light, the worst first, and every unit's lights in tree order."""
    month = year.months_over(on)
    everything = _goals(year, known)
    shares = _shares(year, everything, known)
    figures = actuals(year, _indicators(shares), until=on, known=known)
    dues = due_by_share(year, month, known)
    goals = [*_goal_rows(shares, figures, dues, month), *_grey_rows(everything, {share.goal.pk for share in shares})]
    goals.sort(key=lambda row: (WORST_FIRST.index(row.judged.light), row.goal.order))
    return goals, _parts(shares, figures, dues, month), moment.current().at


def _then(rows: Iterable[M], known: datetime | None) -> list[M]:
    """Rows as they stand, or as they stood at a moment."""
    return list(rows) if known is None else as_it_was(rows, known)


def _goals(year: Year, known: datetime | None) -> dict[int, Goal]:
    """Every goal of the year, read once however many carry it."""
    goals = year.goals.select_related("indicator", "passage__document", "lead_unit")
    return {goal.pk: goal for goal in _then(goals, known)}


def _shares(year: Year, goals: dict[int, Goal], known: datetime | None) -> list[Carried]:
    """Every share of a measured goal, in the order of the goals and of the tree."""
    found = Share.objects.filter(goal__year=year, goal__indicator__isnull=False).order_by("goal__order", "unit__path")
    keys = (
        list(found.values_list("pk", "goal_id", "unit_id"))
        if known is None
        else [(share.pk, share.goal_id, share.unit_id) for share in as_it_was(found, known)]
    )
    units = Unit.objects.in_bulk({unit for _, _, unit in keys})
    for goal in goals.values():
        goal.year = year
    return [Carried(pk, goals[goal], units[unit]) for pk, goal, unit in keys if goal in goals]


def _indicators(shares: list[Carried]) -> list[Indicator]:
    return list({share.goal.indicator_id: share.goal.indicator for share in shares if share.goal.indicator}.values())


def due_by_share(year: Year, month: int, known: datetime | None = None) -> dict[int, Decimal]:
    """What each share's schedule asks for by the end of a month; a share not due yet is left out."""
    points = Schedule.objects.filter(share__goal__year=year, month__lte=month)
    if known is not None:
        return {point.share_id: point.due for point in as_it_was(points.order_by("month"), known)}
    last = Schedule.objects.filter(share=OuterRef("share"), month__lte=month).order_by("-month").values("month")[:1]
    return dict(points.filter(month=Subquery(last)).values_list("share_id", "due"))


def _goal_rows(shares: list[Carried], figures: Actuals, dues: Dues, month: int) -> list[GoalRow]:
    by_goal: dict[int, list[Carried]] = {}
    for share in shares:
        by_goal.setdefault(share.goal.pk, []).append(share)
    return [_goal_row(carried[0].goal, carried, figures, dues, month) for carried in by_goal.values()]


def _grey_rows(goals: dict[int, Goal], carried: set[int]) -> list[GoalRow]:
    """Goals that nobody carries or no indicator counts: not to be judged, and not to be hidden either."""
    left = [goal for pk, goal in goals.items() if pk not in carried]
    return [GoalRow(goal, None, None, None, UNCOUNTED if goal.indicator is None else NOBODY) for goal in left]


def judged(goal: Goal, indicator: Indicator, done: Decimal | None, due: Decimal | None, month: int) -> Judged:
    """What is done for a goal by the end of a month, judged by the goal's own words and its own day."""
    rule = behind_rule(goal.year.number, month)
    return judge(
        done, due, red_below=rule["red_below"], lower_is_better=is_limit(goal, indicator), is_over=is_over(goal, month)
    )


@lru_cache
def behind_rule(year: int, month: int) -> Rule:
    """The rule of lateness as it held at a month's end; before the first one in the book, the first one."""
    at_end = Month(year, max(month, 1)).last_day
    return book().rule("progress.behind", at_end) or next(it for it in book().rules if it.key == "progress.behind")


def is_over(goal: Goal, month: int) -> bool:
    """Whether the goal's own day lies in the months that are counted."""
    return goal.due_on is not None and (goal.due_on.year, goal.due_on.month) <= (goal.year.number, month)


def _goal_row(goal: Goal, carried: list[Carried], figures: Actuals, dues: Dues, month: int) -> GoalRow:
    indicator = goal.indicator
    assert indicator is not None  # noqa: S101 - the query leaves out goals without one
    monthly = [figures.get((indicator.pk, share.unit.pk), Monthly()) for share in carried]
    due = _together(indicator, [dues.get(share.pk) for share in carried])
    reported = _together(indicator, [each.to_date(indicator, month, verified=False) for each in monthly])
    verified = _together(indicator, [each.to_date(indicator, month, verified=True) for each in monthly])
    return GoalRow(goal, due, reported, verified, judged(goal, indicator, reported, due, month))


def is_limit(goal: Goal, indicator: Indicator) -> bool:
    """Whether the goal must not be exceeded: by its own words, or since less is better."""
    return goal.compare in _LIMITS or indicator.direction == Indicator.Direction.LOWER


_LIMITS = (Goal.Compare.AT_MOST, Goal.Compare.LESS_THAN, Goal.Compare.NEVER)


def _together(indicator: Indicator, parts: list[Decimal | None]) -> Decimal | None:
    """Flows add up; of ratios and levels the plain mean of the units that have one."""
    known = [part for part in parts if part is not None]
    if not known:
        return None
    total = sum(known, Decimal(0))
    if indicator.adds_up:
        return total
    return (total / len(known)).quantize(Decimal(1).scaleb(-max(indicator.places, 1)))


def _parts(shares: list[Carried], figures: Actuals, dues: Dues, month: int) -> Parts:
    counts: dict[int, Lights] = {}
    units: dict[int, Unit] = {}
    homes = {indicator.pk: line_of(indicator) for indicator in _indicators(shares)}
    for share in shares:
        indicator = share.goal.indicator
        if indicator is None:
            continue
        done = figures.get((indicator.pk, share.unit.pk), Monthly()).to_date(indicator, month, verified=False)
        light = judged(share.goal, indicator, done, dues.get(share.pk), month).light
        counts.setdefault(share.unit.pk, {}).setdefault(homes[indicator.pk], Counter())[light] += 1
        units[share.unit.pk] = share.unit
    ordered = sorted(units.values(), key=lambda unit: str(unit.path))
    return [(unit, counts[unit.pk]) for unit in ordered]


def line_of(indicator: Indicator) -> str:
    """The work line whose registers count an indicator; "" where none does."""
    known = measure_named(indicator.key)
    return known[0].home if known else ""


def lines_carried(parts: Parts) -> list[str]:
    """The work lines that some unit carries a goal of, in the order of the lines; goals of no register last."""
    carried = {home for _, lights in parts for home in lights}
    homes = [line.key for line in all_lines() if line.key == line.home]
    return [home for home in [*homes, ""] if home in carried]


def _unit_rows(parts: Parts, lines: list[str], person: Person) -> list[UnitRow]:
    """The units a person sees."""
    return [
        UnitRow(
            unit,
            [(light, count) for light in WORST_FIRST if (count := sum(each[light] for each in lights.values()))],
            [_cell(lights.get(home)) for home in lines],
        )
        for unit, lights in parts
        if person.sees(unit)
    ]


def _cell(lights: Counter[str] | None) -> tuple[str, int]:
    """The worst light of a unit's goals in a line, and how many have it; nothing where it carries none."""
    if not lights:
        return "", 0
    worst = next(light for light in WORST_FIRST if lights[light])
    return worst, lights[worst]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's part of a goal: what is due, reported, verified, and the light."""

    share: Share
    due: Decimal | None
    reported: Decimal | None
    verified: Decimal | None
    judged: Judged


def goal_lines(goal: Goal, person: Person, *, on: date) -> list[UnitLine]:
    """Who carries a goal and how far each is, in tree order; a unit sees its own part."""
    month = goal.year.months_over(on)
    shares = goal.shares.visible_to(person).select_related("unit", "goal").prefetch_related("schedule")
    indicator = goal.indicator
    if indicator is None:
        return [UnitLine(share, share.due_by(month), None, None, UNCOUNTED) for share in shares]
    figures = actuals(goal.year, [indicator], until=on)
    lines = []
    for share in shares:
        monthly = figures.get((indicator.pk, share.unit_id), Monthly())
        reported = monthly.to_date(indicator, month, verified=False)
        verified = monthly.to_date(indicator, month, verified=True)
        due = share.due_by(month)
        lines.append(UnitLine(share, due, reported, verified, judged(goal, indicator, reported, due, month)))
    return lines
