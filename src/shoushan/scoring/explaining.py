"""The sentence beside a score line: the clause's arithmetic with this unit's numbers in it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from shoushan.core.errors import mark
from shoushan.scoring.lines import INAPPLICABLE, NOT_EVALUABLE, SCORED, VETOED
from shoushan.scoring.methods.method import Reading, Why
from shoushan.scoring.tables import MEAN
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    from shoushan.scoring.results import ScoreLine
    from shoushan.scoring.scheme import Scheme
    from shoushan.scoring.tables import Tables


def explained(
    scheme: Scheme, given: Tables, line: ScoreLine, row: dict[str, int], points: Fraction | None
) -> ScoreLine:
    """The line with its sentence."""
    why, params = _why(scheme, given, line, row, points)
    return replace(line, why=why, params=params)


def _why(scheme: Scheme, given: Tables, line: ScoreLine, row: dict[str, int], points: Fraction | None) -> Why:
    if row["status"] == VETOED:
        veto = next(veto for veto in scheme.vetoes if veto.rule == line.rule)
        return mark("%(veto)s (%(source)s): this line gives 0."), {"veto": veto.label, "source": veto.source}
    if row["status"] == INAPPLICABLE:
        return _not_applicable(row, points)
    missing = ", ".join(name for name, value in line.inputs.items() if value is None)
    if row["presence"] == NOT_EVALUABLE:
        if row["status"] == SCORED:
            return mark("Nothing was given for %(facts)s; under this clause that is 0."), {"facts": missing}
        return mark("No verified value for %(facts)s: not evaluable, neither points nor a zero."), {"facts": missing}
    if points is None:
        return mark("Nothing to divide by or to compare with: not evaluable."), {}
    return scheme.rules[row["rule"]].method.why(_reading(scheme, given, line, row, points))


def _not_applicable(row: dict[str, int], points: Fraction | None) -> Why:
    if points is None:
        return mark("This unit has no such work: the line does not apply and its weight goes to the others."), {}
    if row["when_not_applicable"] == MEAN:
        return mark("This unit has no such work: it gets the mean of its group, %(points)s."), {
            "points": number(points)
        }
    return mark("This unit has no such work: the clause gives it %(points)s."), {"points": number(points)}


def _reading(scheme: Scheme, given: Tables, line: ScoreLine, row: dict[str, int], points: Fraction) -> Reading:
    rule = scheme.rules[row["rule"]]
    one = 10 ** given.decimals[row["rule"]]
    return Reading(
        x=Fraction(row["x"], one),
        y=Fraction(row["y"], one),
        points=points,
        top=Fraction(row["top"]),
        bottom=Fraction(row["bottom"]),
        best=Fraction(row.get("best", 0), one),
        worst=Fraction(row.get("worst", 0), one),
        place=row.get("place", 0),
        tied=row.get("tied", 0),
        is_ratio=rule.indicator is not None and rule.indicator.is_ratio,
        inputs=line.inputs,
    )
