"""Comparison with the others of the group: with the best one, or between the worst and the best (功效系数)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import GRAIN, divided
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why, kept, within
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Best(Method):
    """The best value earns ``full``, the others in proportion; ``best_zero`` says what a best of zero gives."""

    measures: ClassVar[str] = "value"
    compares: ClassVar[bool] = True
    asks: ClassVar[tuple[str, ...]] = ("floor", "best_zero")

    full: Decimal = Field(gt=0)
    floor: Decimal | None
    best_zero: Literal["not_evaluable", "full", "nothing"]

    def numbers(self, is_ratio: bool) -> Numbers:
        zero = {"not_evaluable": 0, "full": 1, "nothing": 2}[self.best_zero]
        return Numbers(coefficient=self.full, low=self.floor, high=self.full, c=zero)

    def reckon(self, reading: Reading) -> Fraction | None:
        if reading.best <= 0:
            return {"not_evaluable": None, "full": Fraction(self.full), "nothing": Fraction(0)}[self.best_zero]
        return kept(reading.x / reading.best * Fraction(self.full), self.floor, self.full)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        some = line.best > 0
        return Pieces(
            line.base,
            line.coefficient,
            some.ifelse(within(line.x, line.best), (line.c == 1).ifelse(1, 0)),
            some.ifelse(line.best, 1),
            some | (line.c > 0),
        )

    def why(self, reading: Reading) -> Why:
        if reading.best <= 0:
            return mark("The best value is %(best)s; the clause gives %(points)s."), {
                "best": number(reading.best),
                "points": number(reading.points),
            }
        return mark("%(x)s ÷ the best, %(best)s; × %(full)s = %(points)s."), {
            "x": number(reading.x),
            "best": number(reading.best),
            "full": number(self.full),
            "points": number(reading.points),
        }


class Efficacy(Method):
    """``base`` plus ``span`` × the way from the worst to the best, in parts of ``full`` out of a hundred."""

    measures: ClassVar[str] = "value"
    compares: ClassVar[bool] = True
    asks: ClassVar[tuple[str, ...]] = ("base", "span", "direction", "all_equal")

    full: Decimal = Field(gt=0)
    base: Decimal
    span: Decimal = Field(gt=0)
    direction: Literal["higher", "lower"]
    all_equal: Literal["full", "base", "not_evaluable"]

    def numbers(self, is_ratio: bool) -> Numbers:
        equal = {"full": 1, "base": 0, "not_evaluable": -1}[self.all_equal]
        return Numbers(
            base=self.base * self.full / 100,
            coefficient=self.span * self.full / 100,
            a=1 if self.direction == "lower" else 0,
            b=equal,
        )

    def reckon(self, reading: Reading) -> Fraction | None:
        way = reading.best - reading.worst
        if not way and self.all_equal == "not_evaluable":
            return None
        gone = reading.best - reading.x if self.direction == "lower" else reading.x - reading.worst
        share = gone / way if way else Fraction(int(self.all_equal == "full"))
        return (Fraction(self.base) + Fraction(self.span) * share) * Fraction(self.full) / 100

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        way = line.best - line.worst
        gone = (line.a == 1).ifelse(line.best - line.x, line.x - line.worst)
        return Pieces(
            line.base,
            line.coefficient,
            (way == 0).ifelse(line.b, gone),
            (way == 0).ifelse(1, way),
            (way > 0) | (line.b >= 0),
        )

    def why(self, reading: Reading) -> Why:
        said = {
            "x": number(reading.x),
            "worst": number(reading.worst),
            "best": number(reading.best),
            "base": number(self.base),
            "span": number(self.span),
            "full": number(self.full),
            "points": number(reading.points),
        }
        if reading.best == reading.worst:
            return mark("All compared units have %(x)s; the rule gives %(points)s."), said
        if self.direction == "lower":
            return mark(
                "(%(best)s − %(x)s) ÷ (%(best)s − %(worst)s) × %(span)s + %(base)s; × %(full)s%% = %(points)s."
            ), said
        return mark(
            "(%(x)s − %(worst)s) ÷ (%(best)s − %(worst)s) × %(span)s + %(base)s; × %(full)s%% = %(points)s."
        ), said


class GroupMean(Method):
    """Scores of groups judged by different hands, made comparable: × the mean of all units ÷ the mean of the group."""

    measures: ClassVar[str] = "value"
    averages: ClassVar[bool] = True

    full: Decimal = Field(gt=0)

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers()

    def reckon(self, reading: Reading) -> Fraction | None:
        if reading.group_mean <= 0 or reading.overall_mean <= 0:
            return None
        return reading.x / reading.group_mean * reading.overall_mean

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        grains = divided(line.one * 0 + GRAIN, line.one)
        able = (line.group_sum > 0) & (line.all_sum > 0)
        return Pieces(
            line.base,
            able.ifelse(line.all_sum * grains, 0),
            line.x * line.group_count,
            able.ifelse(line.all_count * line.group_sum, 1),
            able,
        )

    def why(self, reading: Reading) -> Why:
        return mark("%(x)s ÷ the mean of the group, %(group)s, × the mean of all, %(all)s = %(points)s."), {
            "x": number(reading.x),
            "group": number(reading.group_mean),
            "all": number(reading.overall_mean),
            "points": number(reading.points),
        }
