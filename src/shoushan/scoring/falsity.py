"""What a false figure costs (虚报): taken out, the whole line, so many times what it would have earned, or by case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.methods.method import Method, kept
from shoushan.scoring.terms import Indicator, Part, Sum, UnsuitableError


class Multiple(Part):
    """The figure is taken out, and so many times the points it would have earned are taken off."""

    times: Decimal = Field(gt=0)


class ForEach(Part):
    """So many points off for each case."""

    each: Decimal = Field(gt=0)


@dataclass(frozen=True)
class Cost:
    """What a false figure did to a line: its size, and the points before and off."""

    figure: Fraction
    earned: Fraction
    off: Fraction


class Falsity(Part):
    """The fact that holds what was falsified of a line, and what that costs."""

    figure: Sum
    costs: Literal["taken_out", "line"] | Multiple | ForEach
    floor: Decimal | None = None

    @property
    def is_taken_out(self) -> bool:
        """Whether the line is reckoned without it."""
        return self.costs == "taken_out" or isinstance(self.costs, Multiple)

    @model_validator(mode="after")
    def _floor_belongs_to_points(self) -> Falsity:
        if isinstance(self.costs, str) and "floor" in self.model_fields_set:
            raise UnsuitableError(mark("A floor belongs to a false figure that costs points: {times: …} or {each: …}."))
        return self

    def check(self, method: Method, indicator: Indicator | None) -> None:
        """Refuse a cost that the line's method cannot reckon."""
        if self.is_taken_out and indicator is None:
            raise UnsuitableError(
                mark("Nothing can be taken out of a line without an indicator; let it cost the line, or {each: …}.")
            )
        if isinstance(self.costs, Multiple) and method.amount(Fraction(1), Fraction(1)) is None:
            raise UnsuitableError(
                mark("Only completion and given say what an amount alone would earn; write a formula instead of times.")
            )

    def cost(self, method: Method, figure: Fraction, below: Fraction, earned: Fraction) -> tuple[Fraction, Fraction]:
        """The points that remain of those earned, and how many are taken off."""
        if self.costs == "line":
            return (Fraction(0), earned) if figure > 0 else (earned, Fraction(0))
        off = Fraction(0)
        if isinstance(self.costs, ForEach):
            off = figure * Fraction(self.costs.each)
        elif isinstance(self.costs, Multiple):
            off = (method.amount(figure, below) or Fraction(0)) * Fraction(self.costs.times)
        return (kept(earned - off, self.floor, None), off) if off else (earned, off)
