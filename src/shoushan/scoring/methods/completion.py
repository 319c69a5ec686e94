"""Completion (完成率): points in proportion to actual over target, with cap, floor and, if stated, a threshold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from shoushan.core.errors import mark
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why, within
from shoushan.scoring.writing import number, percent

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Completion(Method):
    """Actual ÷ target × full points, kept between floor and cap; below ``minimum`` nothing (达标起计).

    A target of zero or less gives no ratio: not evaluable.
    """

    full: Decimal = Field(gt=0)
    cap: Decimal = Field(default=Decimal(1), gt=0, le=100)
    floor: Decimal | None = Field(default=Decimal(0), ge=-100)
    minimum: Decimal | None = Field(default=None, gt=0)

    def numbers(self, is_ratio: bool) -> Numbers:
        least, unit = (self.minimum or Decimal(0)).as_integer_ratio()
        low = None if self.floor is None else self.full * self.floor
        return Numbers(coefficient=self.full, low=low, high=self.full * self.cap, a=least, b=unit)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        missed = (line.a > 0) & (line.x * line.b < line.a * line.y)
        top = missed.ifelse(0, within(line.x, line.y))
        return Pieces(line.base, line.coefficient, top, line.y, line.y > 0)

    def why(self, reading: Reading) -> Why:
        said = {
            "x": number(reading.x),
            "y": number(reading.y),
            "share": percent(reading.x / reading.y),
            "full": number(self.full),
            "points": number(reading.points),
            "cap": percent(self.cap),
            "least": percent(self.minimum or 0),
        }
        share = reading.x / reading.y
        if self.minimum is not None and share < self.minimum:
            return mark("%(x)s ÷ %(y)s = %(share)s, below %(least)s: no points."), said
        if share > self.cap:
            return mark("%(x)s ÷ %(y)s = %(share)s, counted up to %(cap)s; × %(full)s = %(points)s."), said
        if self.floor is not None and share < self.floor:
            return mark("%(x)s ÷ %(y)s = %(share)s, counted from the floor: %(points)s."), said
        return mark("%(x)s ÷ %(y)s = %(share)s; × %(full)s = %(points)s."), said
