"""A control limit (控制指标): full points inside it, so much off for each per cent over."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import divided
from shoushan.scoring.methods.method import FARTHEST, Method, Numbers, Pieces, Reading, Why, kept, within
from shoushan.scoring.terms import UnsuitableError
from shoushan.scoring.writing import number, percent

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Limit(Method):
    """``per_percent`` points off for each 1% over the limit, in whole per cent or in proportion, not below ``floor``.

    Over a limit of zero there is no per cent; what it gives, ``limit_zero`` says.
    """

    asks: ClassVar[tuple[str, ...]] = ("floor", "steps", "limit_zero")

    full: Decimal = Field(gt=0)
    per_percent: Decimal = Field(gt=0)
    floor: Decimal
    steps: Literal["whole", "proportional"]
    limit_zero: Literal["floor", "not_evaluable"]

    @model_validator(mode="after")
    def _reaches_the_floor(self) -> Limit:
        if (self.full - self.floor) / self.per_percent > 100 * (FARTHEST - 1):
            raise UnsuitableError(mark("The points for each per cent are too small ever to reach the floor."))
        return self

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers(
            base=self.full,
            coefficient=self.per_percent * 100,
            low=self.floor,
            high=self.full,
            a=int(self.steps == "whole"),
            b=int(self.limit_zero == "floor"),
        )

    def reckon(self, reading: Reading) -> Fraction | None:
        if reading.x <= reading.y:
            return Fraction(self.full) if reading.y >= 0 else None
        if reading.y <= 0:
            return Fraction(self.floor) if reading.y == 0 and self.limit_zero == "floor" else None
        over = (reading.x - reading.y) / reading.y * 100
        return kept(
            Fraction(self.full) - Fraction(self.per_percent) * (int(over) if self.steps == "whole" else over),
            self.floor,
            self.full,
        )

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        over, some = line.x > line.y, line.y > 0
        beyond = line.y - within(line.x, line.y)
        # whole per cent are cut from a hundred times the excess; both stay within twelve digits times a thousand
        cut = divided(beyond * 100, some.ifelse(line.y, 1))
        return Pieces(
            (over & ~some).ifelse(line.low, line.base),
            line.coefficient,
            (over & some).ifelse((line.a == 1).ifelse(cut, beyond), 0),
            some.ifelse((line.a == 1).ifelse(100, line.y), 1),
            (line.y >= 0) & (some | ~over | (line.b == 1)),
        )

    def why(self, reading: Reading) -> Why:
        said = {
            "x": number(reading.x),
            "limit": number(reading.y),
            "full": number(self.full),
            "per": number(self.per_percent),
            "points": number(reading.points),
        }
        if reading.x <= reading.y:
            return mark("%(x)s is within the limit of %(limit)s: %(points)s."), said
        if reading.y == 0:
            return mark("%(x)s, and the limit is 0: %(points)s."), said
        said["over"] = percent((reading.x - reading.y) / reading.y)
        return mark("%(x)s is %(over)s over the limit of %(limit)s; %(full)s − %(per)s for each 1%%: %(points)s."), said
