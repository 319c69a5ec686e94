"""Straight lines: points that were already given elsewhere, and points for a change from a base."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import divided
from shoushan.scoring.methods.method import FARTHEST, Method, Numbers, Pieces, Reading, Why, kept, within
from shoushan.scoring.terms import UnsuitableError
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Given(Method):
    """Points decided elsewhere (such as by a vote or a higher level), counted ``times``."""

    measures: ClassVar[str] = "value"
    is_open: ClassVar[bool] = True

    full: Decimal = Decimal(0)
    times: Decimal = Field(default=Decimal(1), gt=0)
    low: Decimal | None = None
    high: Decimal | None = None

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers(coefficient=self.times, low=self.low, high=self.high)

    def reckon(self, reading: Reading) -> Fraction | None:
        return kept(reading.x * Fraction(self.times), self.low, self.high)

    def amount(self, x: Fraction, y: Fraction) -> Fraction | None:
        return x * Fraction(self.times)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        return Pieces(line.base, line.coefficient, line.x, line.one, line.one > 0)

    def why(self, reading: Reading) -> Why:
        said = {"x": number(reading.x), "times": number(self.times), "points": number(reading.points)}
        if self.times == 1:
            return mark("%(x)s as given: %(points)s."), said
        return mark("%(x)s × %(times)s: %(points)s."), said


class Improvement(Method):
    """``start`` points, and ``points`` more or less for each ``per`` the value lies above or below zero.

    In whole steps or in proportion, as ``steps`` says.

    Write the change as the value: ``[{fact: rate}, {fact: rate.last, times: -1}]``.
    """

    measures: ClassVar[str] = "value"
    divides_by_a: ClassVar[bool] = True
    asks: ClassVar[tuple[str, ...]] = ("start", "steps", "low", "high")

    full: Decimal
    start: Decimal
    points: Decimal = Field(gt=0)
    per: Decimal = Field(gt=0)
    steps: Literal["whole", "proportional"]
    low: Decimal
    high: Decimal

    @model_validator(mode="after")
    def _is_reachable(self) -> Improvement:
        if max(abs(self.high - self.start), abs(self.start - self.low)) > self.points * FARTHEST:
            raise UnsuitableError(mark("The points for each step are too small ever to reach the limits."))
        return self

    def numbers(self, is_ratio: bool) -> Numbers:
        top, bottom = self.per.as_integer_ratio()
        return Numbers(
            base=self.start,
            coefficient=self.points,
            low=self.low,
            high=self.high,
            a=top,
            b=bottom,
            c=int(self.steps == "whole"),
        )

    def reckon(self, reading: Reading) -> Fraction | None:
        steps = reading.x / Fraction(self.per)
        points = Fraction(self.start) + Fraction(self.points) * (int(steps) if self.steps == "whole" else steps)
        return kept(points, self.low, self.high)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        per, whole = line.one * line.a, line.c == 1
        steps = within(line.x * line.b, per)
        top = whole.ifelse(divided(steps, (per > 0).ifelse(per, 1)), steps)
        return Pieces(line.base, line.coefficient, top, whole.ifelse(1, per), line.one > 0)

    def why(self, reading: Reading) -> Why:
        return mark(
            "A change of %(x)s; %(start)s ± %(each)s for each %(per)s, from %(low)s to %(high)s: %(points)s."
        ), {
            "x": number(reading.x),
            "start": number(self.start),
            "each": number(self.points),
            "per": number(self.per),
            "low": number(self.low),
            "high": number(self.high),
            "points": number(reading.points),
        }
