"""The nine work lines in the year: how their goals stand, and what their registers count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.dispatch.lights import WORST_FIRST
from shoushan.dispatch.queries.year import GoalRow, Overview
from shoushan.letters.queries import signed_days
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Share, Year
from shoushan.registers.lines import Line, Measure, all_lines, measure_named
from shoushan.registers.measures import measure

PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One work line: its goals with the worst first, and every figure that its registers count."""

    line: Line
    goals: list[GoalRow]
    measures: list[Measure]


@dataclass(frozen=True, slots=True)
class LineFigure:
    """What one figure of a work line came to in the year, reported and verified apart; a share in percent."""

    measure: Measure
    reported: Decimal | None
    verified: Decimal | None
    kind: str


def line_rows(overview: Overview) -> list[LineRow]:
    """Every work line, with the goals that it answers; those goals are in the overview, so nothing is asked again."""
    rows = []
    for home in [line for line in all_lines() if line.key == line.home]:
        measures = [each for line in all_lines() if line.home == home.key for each in line.measures]
        keys = {each.key for each in measures}
        goals = [row for row in overview.goals if row.goal.indicator and row.goal.indicator.key in keys]
        rows.append(LineRow(home, sorted(goals, key=lambda row: WORST_FIRST.index(row.judged.light)), measures))
    return rows


def line_heads(overview: Overview) -> list[Any]:
    """The names of the overview's lines, as the heads of its grid; the last may be of goals that no register counts."""
    names = {line.key: line.label for line in all_lines()}
    return [names[home] if home else _("Other") for home in overview.lines]


def line_figures(key: str, person: Person, year: Year, *, on: date) -> list[LineFigure]:
    """The figures of one work line to date, of the units a person sees."""
    counted = [(line, each) for line in all_lines() if line.home == key for each in line.measures]
    if not counted:
        return []
    units = {unit.pk for unit in Unit.objects.all() if person.sees(unit)}
    since = date(year.number, 1, 1)
    return [_figure(line, each, units, since=since, until=on) for line, each in counted]


def baseline_address(share: Share) -> str:
    """The register that answers a share's goal, as it stood when the unit's letter was signed; none without either."""
    indicator = share.goal.indicator
    known = measure_named(indicator.key) if indicator else None
    signed = signed_days(share.goal.year_id, [share.unit_id]).get(share.unit_id)
    if known is None or signed is None:
        return ""
    return f"/{known[0].key}/?unit={share.unit.code}&as_of={signed.isoformat()}"


def _figure(line: Line, wanted: Measure, units: set[int], *, since: date, until: date) -> LineFigure:
    reported, verified = _sums(line, wanted, units, since, until)
    if not wanted.over:
        return LineFigure(wanted, reported, verified, "")
    below = next(each for each in line.measures if each.key == wanted.over)
    whole, whole_verified = _sums(line, below, units, since, until)
    return LineFigure(wanted, _percent(reported, whole), _percent(verified, whole_verified), "percent")


def _sums(line: Line, wanted: Measure, units: set[int], since: date, until: date) -> tuple[Decimal, Decimal]:
    rows = [row for row in measure(line, wanted, since=since, until=until) if row.unit_id in units]
    return sum((row.reported for row in rows), Decimal(0)), sum((row.verified for row in rows), Decimal(0))


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A share in percent; without a whole there is none."""
    return (part / whole * PERCENT).quantize(Decimal("0.1")) if whole else None
