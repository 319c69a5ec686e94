"""Settling the last digit: where the engine's slack reaches over an edge, exact fractions decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from shoushan.scoring.arithmetic import GRAIN
from shoushan.scoring.lines import INAPPLICABLE, NOT_EVALUABLE, SCORED, VETOED
from shoushan.scoring.rounding import written
from shoushan.scoring.tables import FIXED, Row

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme

Line = dict[str, int]


Reckonings = Mapping[tuple[int, int], Fraction]


def exact(
    scheme: Scheme, rows: Iterable[Line], groups: dict[int, int], reckonings: Reckonings
) -> dict[tuple[int, int], Fraction]:
    """The exact points of every line that has some, by unit and rule; reckoned lines have theirs already."""
    rows = list(rows)
    found: dict[tuple[int, int], Fraction] = {}
    pools: dict[tuple[int, int], list[Fraction]] = {}
    for row in rows:
        if row["has"] and row["status"] != INAPPLICABLE:
            points = _points(scheme, row, reckonings)
            found[row["unit"], row["rule"]] = points
            if row["status"] == SCORED:
                pools.setdefault((groups[row["unit"]], row["rule"]), []).append(points)
    for row in rows:
        if row["has"] and row["status"] == INAPPLICABLE:
            if row["when_not_applicable"] == FIXED:
                points = Fraction(row["fixed"], GRAIN)
            else:
                others = pools[groups[row["unit"]], row["rule"]]
                points = sum(others, Fraction(0)) / len(others)
            found[row["unit"], row["rule"]] = _cut(scheme, points)
    return found


def settled(scheme: Scheme, rows: Iterable[Line], points: dict[tuple[int, int], Fraction]) -> list[Row]:
    """The exact totals of the undecided units, in grains and with 1 where something is left over."""
    totals: dict[int, Fraction] = {}
    for row in rows:
        if row["undecided"]:
            share = Fraction(row["share_top"], row["share_bottom"])
            line = points.get((row["unit"], row["rule"]), Fraction(0))
            totals[row["unit"]] = totals.get(row["unit"], Fraction(0)) + line * share
    found: list[Row] = []
    for unit, total in totals.items():
        grains, over = divmod((total * GRAIN).numerator, (total * GRAIN).denominator)
        found.append((unit, grains, int(over > 0), 0, 0))
    return found


def _points(scheme: Scheme, row: Line, reckonings: Reckonings) -> Fraction:
    if row["status"] == VETOED or row["presence"] == NOT_EVALUABLE:
        return Fraction(0)
    if (row["unit"], row["rule"]) in reckonings:
        return reckonings[row["unit"], row["rule"]]
    bottom = row["bottom"]
    grains = row["base"] * bottom + row["coefficient"] * row["top"]
    grains = max(min(grains, row["high"] * bottom), row["low"] * bottom)
    return _cut(scheme, Fraction(grains, bottom * GRAIN))


def _cut(scheme: Scheme, points: Fraction) -> Fraction:
    if scheme.rounding.at == "total":
        return points
    return Fraction(written(points, scheme.rounding.places, scheme.rounding.mode))
