"""A formula (公式): points by a line of arithmetic, for what no standard method says."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from shoushan.core.errors import mark
from shoushan.scoring.formulas import WrittenFormula
from shoushan.scoring.methods.method import Method, Reading, Why, kept
from shoushan.scoring.terms import Indicator, Term
from shoushan.scoring.writing import number


class ByFormula(Method):
    """The points a formula gives, kept between ``floor`` and ``cap``; null where there is no such end."""

    measures: ClassVar[str] = "nothing"
    asks: ClassVar[tuple[str, ...]] = ("floor", "cap")

    full: Decimal
    points: WrittenFormula
    floor: Decimal | None
    cap: Decimal | None

    def terms(self, indicator: Indicator | None) -> dict[str, tuple[Term, ...]]:
        return {"x": (Term(formula=self.points),)}

    def reckon(self, reading: Reading) -> Fraction | None:
        return kept(reading.x, self.floor, self.cap)

    def why(self, reading: Reading) -> Why:
        given = ", ".join(f"{name} {number(value)}" for name, value in reading.inputs.items() if value is not None)
        said = {"formula": self.points.text, "given": given or "–", "value": number(reading.x)}
        said["points"] = number(reading.points)
        if reading.points != reading.x:
            return mark("%(formula)s = %(value)s, kept within the ends: %(points)s (%(given)s)."), said
        return mark("%(formula)s = %(points)s (%(given)s)."), said
