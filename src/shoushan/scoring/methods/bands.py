"""Bands (分档计分): points by the band a value falls in; lower edges belong to the band, nothing is rounded before."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.arithmetic import places, whole
from shoushan.scoring.methods.method import Method, Numbers, Pieces, Reading, Why
from shoushan.scoring.terms import Part, UnsuitableError
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Band(Part):
    """From this value on, these points."""

    least: Decimal
    points: Decimal


class Bands(Method):
    """The points of the highest band reached; of a ratio, the edges are per cent."""

    measures: ClassVar[str] = "either"
    asks: ClassVar[tuple[str, ...]] = ("below",)

    full: Decimal = Decimal(0)
    bands: tuple[Band, ...] = Field(min_length=1)
    below: Decimal

    @model_validator(mode="before")
    @classmethod
    def _full_is_the_best_band(cls, written: object) -> object:
        if isinstance(written, dict) and "full" not in written and isinstance(written.get("bands"), list):
            points = [band.get("points") for band in written["bands"] if isinstance(band, dict)]
            if points and all(isinstance(each, int | Decimal | str) for each in points):
                written = {**written, "full": max(Decimal(str(each)) for each in points)}
        return written

    @model_validator(mode="after")
    def _edges_fall(self) -> Bands:
        edges = [band.least for band in self.bands]
        if edges != sorted(set(edges), reverse=True):
            raise UnsuitableError(mark("Bands are written from the highest edge down, each edge once."))
        return self

    def numbers(self, is_ratio: bool) -> Numbers:
        rising = self.bands[::-1]
        decimals = max(0, *(places(band.least) for band in rising))
        before = [self.below, *(band.points for band in rising)]
        steps = tuple(
            (whole(band.least, decimals), band.points - lower) for band, lower in zip(rising, before, strict=False)
        )
        return Numbers(base=self.below, a=10**decimals * (100 if is_ratio else 1), steps=steps)

    def reckon(self, reading: Reading) -> Fraction | None:
        if reading.y <= 0:
            return None
        value = reading.x / reading.y * (100 if reading.is_ratio else 1)
        reached = [band.points for band in self.bands if value >= Fraction(band.least)]
        return Fraction(reached[0] if reached else self.below)

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        return Pieces(line.base + line.won, line.coefficient, line.x * 0, line.x * 0 + 1, line.y > 0)

    def why(self, reading: Reading) -> Why:
        value = reading.x / reading.y * (100 if reading.is_ratio else 1)
        said = {"value": number(value), "points": number(reading.points)}
        for band in self.bands:
            if value >= band.least:
                said["edge"] = number(band.least)
                return mark("%(value)s reaches the band from %(edge)s: %(points)s."), said
        said["edge"] = number(self.bands[-1].least)
        return mark("%(value)s is below %(edge)s: %(points)s."), said
