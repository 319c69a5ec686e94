"""Cases (按件计分): so many points off, or added, for each case."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from shoushan.core.errors import mark
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why, kept
from shoushan.scoring.terms import Indicator, Term
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class _Cases(Method):
    measures: ClassVar[str] = "nothing"
    is_open: ClassVar[bool] = True

    full: Decimal = Decimal(0)
    each: Mapping[str, Decimal] = Field(min_length=1)

    def terms(self, indicator: Indicator | None) -> dict[str, tuple[Term, ...]]:
        return {"x": tuple(Term(fact=fact, times=points) for fact, points in self.each.items())}

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        return Pieces(line.base, line.coefficient, line.x * line.a, line.one, line.one > 0)

    def _sum(self, reading: Reading) -> str:
        parts = [f"{number(reading.inputs.get(fact) or 0)} × {number(points)}" for fact, points in self.each.items()]
        return " + ".join(parts)


class Deduction(_Cases):
    """``full`` points less so many for each case (扣分), not below ``floor``; no floor where it is null."""

    asks: ClassVar[tuple[str, ...]] = ("floor",)

    floor: Decimal | None

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers(base=self.full, coefficient=Decimal(1), low=self.floor, high=self.full, a=-1)

    def reckon(self, reading: Reading) -> Fraction | None:
        return kept(Fraction(self.full) - reading.x, self.floor, self.full)

    def why(self, reading: Reading) -> Why:
        said = {"full": number(self.full), "cases": self._sum(reading), "points": number(reading.points)}
        if self.floor is not None and self.full - self.floor < reading.x:
            return mark("%(full)s − (%(cases)s), not below the floor: %(points)s."), said
        return mark("%(full)s − (%(cases)s) = %(points)s."), said


class Addition(_Cases):
    """So many points for each case (加分), from nothing up to ``cap``."""

    asks: ClassVar[tuple[str, ...]] = ("cap",)

    cap: Decimal | None

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers(coefficient=Decimal(1), low=Decimal(0), high=self.cap, a=1)

    def reckon(self, reading: Reading) -> Fraction | None:
        return kept(reading.x, Decimal(0), self.cap)

    def why(self, reading: Reading) -> Why:
        said = {"cases": self._sum(reading), "points": number(reading.points)}
        if self.cap is not None and reading.x > self.cap:
            return mark("%(cases)s, at most %(points)s."), said
        return mark("%(cases)s = %(points)s."), said
