"""Who moved from one run to another, and by which lines: between two runs as kept, or to one that is only tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shoushan.assessment.models import Assessment, ScoreLine
from shoushan.orgs.models import Unit
from shoushan.scoring import Result


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one unit stands in a run, line by line."""

    points: Decimal | None
    rank: int | None
    grade: str
    lines: Mapping[str, tuple[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class LineMove:
    """One line that came out differently."""

    label: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Move:
    """A unit whose points, rank or grade differ, and the lines that made it so."""

    unit: Unit
    before: Stand
    after: Stand
    lines: list[LineMove]


Stands = Mapping[str, Stand]
NOWHERE = Stand(None, None, "", {})


def stands_of(run: Assessment) -> Stands:
    """A run as it is kept; two questions however many units."""
    lines: dict[int, dict[str, tuple[str, Decimal | None]]] = {}
    for line in ScoreLine.objects.filter(score__assessment=run).order_by("score", "order"):
        lines.setdefault(line.score_id, {})[line.rule] = (line.label, line.points)
    return {
        score.unit.code: Stand(score.points, score.rank, score.grade, lines.get(score.pk, {}))
        for score in run.scores.select_related("unit")
    }


def stands_in(result: Result) -> Stands:
    """A run that was only tried."""
    return {
        each.unit: Stand(
            each.points, each.rank, each.grade or "", {line.rule: (line.label, line.points) for line in each.lines}
        )
        for each in result.units
    }


def moves(before: Stands, after: Stands) -> list[Move]:
    """The units that do not stand as they stood, in tree order."""
    codes = [code for code in {**before, **after} if before.get(code, NOWHERE) != after.get(code, NOWHERE)]
    units = Unit.objects.filter(code__in=codes).in_tree_order()
    return [_move(unit, before.get(unit.code, NOWHERE), after.get(unit.code, NOWHERE)) for unit in units]


def _move(unit: Unit, before: Stand, after: Stand) -> Move:
    lines = [
        LineMove(label, before.lines.get(rule, ("", None))[1], after.lines.get(rule, ("", None))[1])
        for rule, (label, _points) in {**before.lines, **after.lines}.items()
        if before.lines.get(rule) != after.lines.get(rule)
    ]
    return Move(unit, before, after, lines)
