"""Completion (完成率): points in proportion to actual over target, with cap, floor and, if stated, a threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from shoushan.core.errors import mark
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why, kept, within
from shoushan.scoring.writing import number, percent

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Completion(Method):
    """Actual ÷ target × full points, kept between floor and cap; below ``minimum`` nothing (达标起计).

    A target of zero or less gives no ratio; what it gives instead, ``target_zero`` says.
    """

    asks: ClassVar[tuple[str, ...]] = ("cap", "floor", "target_zero")

    full: Decimal = Field(gt=0)
    cap: Decimal | None = Field(gt=0, le=100)
    floor: Decimal | None = Field(ge=-100)
    target_zero: Literal["not_evaluable", "full", "nothing"]
    minimum: Decimal | None = Field(default=None, gt=0)

    def numbers(self, is_ratio: bool) -> Numbers:
        least, unit = (self.minimum or Decimal(0)).as_integer_ratio()
        low = None if self.floor is None else self.full * self.floor
        high = None if self.cap is None else self.full * self.cap
        zero = {"not_evaluable": 0, "full": 1, "nothing": 2}[self.target_zero]
        return Numbers(coefficient=self.full, low=low, high=high, a=least, b=unit, c=zero)

    def reckon(self, reading: Reading) -> Fraction | None:
        full = Fraction(self.full)
        if reading.y <= 0:
            return {"not_evaluable": None, "full": full, "nothing": Fraction(0)}[self.target_zero]
        share = reading.x / reading.y
        if self.minimum is not None and share < Fraction(self.minimum):
            share = Fraction(0)
        return full * kept(share, self.floor, self.cap)

    def amount(self, x: Fraction, y: Fraction) -> Fraction | None:
        return Fraction(self.full) * x / y if y > 0 else Fraction(0)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        some = line.y > 0
        missed = (line.a > 0) & (line.x * line.b < line.a * line.y)
        top = missed.ifelse(0, within(line.x, line.y))
        return Pieces(
            line.base,
            line.coefficient,
            some.ifelse(top, (line.c == 1).ifelse(1, 0)),
            some.ifelse(line.y, 1),
            some | (line.c > 0),
        )

    def why(self, reading: Reading) -> Why:
        if reading.y <= 0:
            return mark("The target is %(y)s; the clause gives %(points)s."), {
                "y": number(reading.y),
                "points": number(reading.points),
            }
        said = {
            "x": number(reading.x),
            "y": number(reading.y),
            "share": percent(reading.x / reading.y),
            "full": number(self.full),
            "points": number(reading.points),
            "cap": percent(self.cap or 0),
            "least": percent(self.minimum or 0),
        }
        share = reading.x / reading.y
        if self.minimum is not None and share < self.minimum:
            return mark("%(x)s ÷ %(y)s = %(share)s, below %(least)s: no points."), said
        if self.cap is not None and share > self.cap:
            return mark("%(x)s ÷ %(y)s = %(share)s, counted up to %(cap)s; × %(full)s = %(points)s."), said
        if self.floor is not None and share < self.floor:
            return mark("%(x)s ÷ %(y)s = %(share)s, counted from the floor: %(points)s."), said
        return mark("%(x)s ÷ %(y)s = %(share)s; × %(full)s = %(points)s."), said
