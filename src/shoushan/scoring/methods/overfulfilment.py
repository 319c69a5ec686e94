"""Over-fulfilment (超额加分): full points at the target, and a bonus for what goes beyond."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import divided, remainder
from shoushan.scoring.methods.method import FARTHEST, Method, Numbers, Pieces, Reading, Why, kept, within
from shoushan.scoring.terms import UnsuitableError
from shoushan.scoring.writing import number, percent

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Overfulfilment(Method):
    """``bonus`` for each ``step`` per cent over the target, in whole steps or in proportion, up to ``bonus_cap``.

    Below the target: in proportion to it; or, where ``symmetric``, the same steps downwards; or nothing under
    ``minimum``.
    """

    divides_by_a: ClassVar[bool] = True
    asks: ClassVar[tuple[str, ...]] = ("steps", "symmetric", "target_zero")

    full: Decimal = Field(gt=0)
    step: Decimal = Field(gt=0)
    bonus: Decimal = Field(gt=0)
    bonus_cap: Decimal = Field(gt=0)
    steps: Literal["whole", "proportional"]
    symmetric: bool
    target_zero: Literal["not_evaluable", "full", "nothing"]
    minimum: Decimal | None = Field(default=None, gt=0, le=1)

    @model_validator(mode="after")
    def _is_reachable(self) -> Overfulfilment:
        if self.bonus_cap / self.bonus * self.step > 100 * FARTHEST:
            raise UnsuitableError(mark("The highest bonus lies more than 1,000 times the target away."))
        return self

    def numbers(self, is_ratio: bool) -> Numbers:
        step, unit = (self.step / 100).as_integer_ratio()
        least, part = (self.minimum or Decimal(0)).as_integer_ratio()
        kind = 1 * (self.steps == "whole") + 2 * self.symmetric
        kind += {"not_evaluable": 0, "full": 4, "nothing": 8}[self.target_zero]
        low = self.full - self.bonus_cap if self.symmetric and self.minimum is None else Decimal(0)
        return Numbers(
            base=self.full,
            coefficient=self.bonus,
            low=low,
            high=self.full + self.bonus_cap,
            a=step,
            b=unit,
            c=least,
            d=part,
            e=kind,
        )

    def reckon(self, reading: Reading) -> Fraction | None:
        full = Fraction(self.full)
        if reading.y <= 0:
            return {"not_evaluable": None, "full": full, "nothing": Fraction(0)}[self.target_zero]
        share = reading.x / reading.y
        low = self.full - self.bonus_cap if self.symmetric and self.minimum is None else Decimal(0)
        if self.minimum is not None and share < Fraction(self.minimum):
            points = Fraction(0)
        elif share >= 1 or self.symmetric:
            steps = (share - 1) * 100 / Fraction(self.step)
            points = full + Fraction(self.bonus) * (int(steps) if self.steps == "whole" else steps)
        else:
            points = full * share
        return kept(points, low, self.full + self.bonus_cap)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        x, y = within(line.x, line.y), line.y
        some = y > 0
        kind = remainder(line.e, 4)
        stepping = some & ((line.x >= y) | (kind >= 2))
        missed = (line.c > 0) & (line.x * line.d < line.c * y)
        steps, bottom = (x - y) * line.b, some.ifelse(y * line.a, 1)
        in_whole = (kind == 1) | (kind == 3)
        top = stepping.ifelse(in_whole.ifelse(divided(steps, bottom), steps), x)
        zero = ((line.e >= 4) & (line.e < 8)).ifelse(1, 0)
        return Pieces(
            (stepping & ~missed).ifelse(line.base, 0),
            stepping.ifelse(line.coefficient, line.base),
            some.ifelse(missed.ifelse(0, top), zero),
            some.ifelse(stepping.ifelse(in_whole.ifelse(1, bottom), y), 1),
            some | (line.e >= 4),
            # nothing is nothing, also where a missed target costs no more than the cap
            low=(~some & (line.e >= 8)).ifelse(0, line.low),
        )

    def why(self, reading: Reading) -> Why:
        if reading.y <= 0:
            return mark("The target is %(y)s; the clause gives %(points)s."), {
                "y": number(reading.y),
                "points": number(reading.points),
            }
        share = reading.x / reading.y
        said = {
            "x": number(reading.x),
            "y": number(reading.y),
            "share": percent(share),
            "full": number(self.full),
            "step": number(self.step),
            "bonus": number(self.bonus),
            "cap": number(self.bonus_cap),
            "points": number(reading.points),
        }
        if self.minimum is not None and share < self.minimum:
            said["least"] = percent(self.minimum)
            return mark("%(x)s ÷ %(y)s = %(share)s, below %(least)s: no points."), said
        if share < 1 and not self.symmetric:
            return mark("%(x)s ÷ %(y)s = %(share)s; × %(full)s = %(points)s."), said
        if self.steps == "whole":
            return mark(
                "%(x)s ÷ %(y)s = %(share)s; %(full)s points, ± %(bonus)s for each whole %(step)s%%, "
                "at most %(cap)s: %(points)s."
            ), said
        return mark(
            "%(x)s ÷ %(y)s = %(share)s; %(full)s points, ± %(bonus)s for each %(step)s%% in proportion, "
            "at most %(cap)s: %(points)s."
        ), said
