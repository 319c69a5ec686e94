"""Comparison with the others of the group: with the best one, or between the worst and the best (功效系数)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import GRAIN, divided
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why, within
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Best(Method):
    """The best value earns ``full``, the others in proportion; nothing can be compared with a best of zero."""

    measures: ClassVar[str] = "value"
    compares: ClassVar[bool] = True

    full: Decimal = Field(gt=0)
    floor: Decimal | None = Decimal(0)

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers(coefficient=self.full, low=self.floor, high=self.full)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        return Pieces(line.base, line.coefficient, within(line.x, line.best), line.best, line.best > 0)

    def why(self, reading: Reading) -> Why:
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

    full: Decimal = Field(default=Decimal(100), gt=0)
    base: Decimal = Decimal(60)
    span: Decimal = Field(default=Decimal(40), gt=0)
    direction: Literal["higher", "lower"] = "higher"
    all_equal: Literal["full", "base", "not_evaluable"] = "not_evaluable"

    def numbers(self, is_ratio: bool) -> Numbers:
        equal = {"full": 1, "base": 0, "not_evaluable": -1}[self.all_equal]
        return Numbers(
            base=self.base * self.full / 100,
            coefficient=self.span * self.full / 100,
            a=1 if self.direction == "lower" else 0,
            b=equal,
        )

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

    full: Decimal = Field(default=Decimal(100), gt=0)

    def numbers(self, is_ratio: bool) -> Numbers:
        return Numbers()

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
