"""The sentence beside a score line: the clause's arithmetic with this unit's numbers in it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from shoushan.core.errors import mark
from shoushan.scoring.lines import INAPPLICABLE, NOT_EVALUABLE, SCORED, VETOED
from shoushan.scoring.methods.method import Reading, Why
from shoushan.scoring.tables import MEAN
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    from shoushan.scoring.reckoning import Outcome
    from shoushan.scoring.rule import Rule
    from shoushan.scoring.scheme import Scheme
    from shoushan.scoring.tables import Tables


Inputs = Mapping[str, Decimal | None]


def explained(
    scheme: Scheme, given: Tables, row: dict[str, int], inputs: Inputs, points: Fraction | None, outcome: Outcome | None
) -> Why:
    """Why a line has its points, or has none; ``outcome`` is there where it was reckoned before the query."""
    rule = scheme.rules[row["rule"]]
    if row["status"] == VETOED:
        veto = next(veto for veto in scheme.vetoes if veto.rule == rule.id)
        return mark("%(veto)s (%(source)s): this line gives 0."), {"veto": veto.label, "source": veto.source}
    if row["status"] == INAPPLICABLE:
        return _not_applicable(row, points)
    if row["presence"] == NOT_EVALUABLE:
        facts = ", ".join(name for name, value in inputs.items() if value is None)
        facts = outcome.absent if outcome is not None and outcome.absent else facts
        if row["status"] == SCORED:
            return mark("Nothing was given for %(facts)s; under this clause that is 0."), {"facts": facts}
        return mark("No verified value for %(facts)s: not evaluable, neither points nor a zero."), {"facts": facts}
    if points is None:
        return mark("Nothing to divide by or to compare with: not evaluable."), {}
    if outcome is not None and outcome.cost is not None:
        said = {"earned": number(outcome.cost.earned), "figure": number(outcome.cost.figure)}
        said |= {"off": number(outcome.cost.off), "points": number(points)}
        return mark("%(earned)s points; %(figure)s was falsified, which costs %(off)s: %(points)s."), said
    if outcome is not None and outcome.reading is not None:
        return rule.method.why(outcome.reading)
    return rule.method.why(_reading(rule, 10 ** given.decimals[row["rule"]], row, inputs, points))


def _not_applicable(row: dict[str, int], points: Fraction | None) -> Why:
    if points is None:
        return mark("This unit has no such work: the line does not apply and its weight goes to the others."), {}
    if row["when_not_applicable"] == MEAN:
        return mark("This unit has no such work: it gets the mean of its group, %(points)s."), {
            "points": number(points)
        }
    return mark("This unit has no such work: the clause gives it %(points)s."), {"points": number(points)}


def _reading(rule: Rule, one: int, row: dict[str, int], inputs: Inputs, points: Fraction) -> Reading:
    compares, ranks, averages = rule.method.compares, rule.method.ranks, rule.method.averages
    return Reading(
        x=Fraction(row["x"], one),
        y=Fraction(row["y"], one),
        points=points,
        best=Fraction(row["best"], one) if compares else Fraction(0),
        worst=Fraction(row["worst"], one) if compares else Fraction(0),
        group_mean=Fraction(row["group_sum"], row["group_count"] * one) if averages else Fraction(0),
        overall_mean=Fraction(row["all_sum"], row["all_count"] * one) if averages else Fraction(0),
        place=row["place"] if ranks else 0,
        tied=row["tied"] if ranks else 0,
        is_ratio=rule.indicator is not None and rule.indicator.is_ratio,
        inputs=inputs,
    )
