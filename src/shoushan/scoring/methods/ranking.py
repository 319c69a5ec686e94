"""Ranking (名次计分): points by the place among the units compared; missing units push nobody down."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Ranking(Method):
    """``points`` for the first, second … place, ``beyond`` for all later ones.

    Equal values share the better place; they earn its points (``same``) or the mean of the places they cover
    (``average``). The next place is skipped: 1, 2, 2, 4.
    """

    measures: ClassVar[str] = "either"
    ranks: ClassVar[bool] = True
    asks: ClassVar[tuple[str, ...]] = ("beyond", "ties", "direction")

    full: Decimal
    points: tuple[Decimal, ...] = Field(min_length=1)
    beyond: Decimal
    ties: Literal["same", "average"]
    direction: Literal["higher", "lower"]

    @model_validator(mode="before")
    @classmethod
    def _full_is_the_first_place(cls, written: Any) -> Any:
        if isinstance(written, dict) and "full" not in written and isinstance(written.get("points"), list):
            return {**written, "full": next(iter(written["points"]), 0)}
        return written

    def numbers(self, is_ratio: bool) -> Numbers:
        steps = tuple((place, points - self.beyond) for place, points in enumerate(self.points, start=1))
        return Numbers(
            base=self.beyond,
            coefficient=Decimal(0),
            a=-1 if self.direction == "lower" else 1,
            b=1 if self.ties == "average" else 0,
            steps=steps,
        )

    def reckon(self, reading: Reading) -> Fraction | None:
        if reading.y <= 0:
            return None
        places = [*self.points, *(self.beyond,) * (reading.place + reading.tied)]
        covered = reading.tied if self.ties == "average" else 1
        return Fraction(sum(places[reading.place - 1 : reading.place - 1 + covered])) / covered

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        # One grain times the sum of the places covered, over how many units cover them.
        covered = (line.b == 1).ifelse(line.tied, 1)
        return Pieces(line.base, line.x * 0 + 1, line.won, covered, line.y > 0)

    def why(self, reading: Reading) -> Why:
        said = {
            "value": number(reading.x / reading.y),
            "place": str(reading.place),
            "tied": str(reading.tied),
            "points": number(reading.points),
        }
        if reading.tied > 1 and self.ties == "average":
            return mark(
                "%(value)s: place %(place)s, shared by %(tied)s units; the mean of their places is %(points)s."
            ), said
        if reading.tied > 1:
            return mark("%(value)s: place %(place)s, shared by %(tied)s units: %(points)s."), said
        return mark("%(value)s: place %(place)s: %(points)s."), said
