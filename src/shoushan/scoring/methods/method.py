"""What every scoring method is made of.

A line's points are always ``base + coefficient × top ÷ bottom``, kept between ``low`` and ``high``. A method says
which numbers of the scheme go into the table of rules, and names top and bottom in Ibis for all its lines at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from shoushan.core.errors import mark
from shoushan.scoring.terms import Indicator, Part, Term, UnsuitableError

if TYPE_CHECKING:
    import ibis.expr.types as ir

# A ratio is not followed beyond this many times its denominator; caps are checked to lie below.
FARTHEST = 1000


WANTED = {
    "ratio": mark("This method needs an indicator with a numerator and a denominator."),
    "value": mark("This method needs an indicator with a value."),
    "either": mark("This method needs an indicator."),
    "nothing": mark("This method takes no indicator: its cases are named in it."),
}


@dataclass(frozen=True)
class Numbers:
    """A rule's constants for the engine: points as exact decimals, ``a`` to ``e`` as whole numbers."""

    base: Decimal = Decimal(0)
    coefficient: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0
    e: int = 0
    # Where a value reaches an edge it adds these points: bands, and places in a ranking.
    steps: tuple[tuple[int, Decimal], ...] = ()


class Pieces(NamedTuple):
    """A method's lines in the engine, columns of whole numbers."""

    base: Any
    coefficient: Any
    top: Any
    bottom: Any
    evaluable: Any
    # the least that a line gives, where it is not the same for all lines of the rule
    low: Any = None


@dataclass(frozen=True)
class Reading:
    """One finished line, with its numbers as exact fractions, for the sentence that explains it."""

    x: Fraction
    y: Fraction
    points: Fraction
    best: Fraction
    worst: Fraction
    group_mean: Fraction
    overall_mean: Fraction
    place: int
    tied: int
    is_ratio: bool = True
    inputs: Mapping[str, Decimal | None] = field(default_factory=dict)


Why = tuple[str, dict[str, str]]


class Method(Part):
    """A way to turn a figure into points; ``full`` is what a unit that does all of it earns."""

    full: Decimal

    measures: ClassVar[str] = "ratio"  # "ratio", "value", "either", "nothing"
    ranks: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    averages: ClassVar[bool] = False
    divides_by_a: ClassVar[bool] = False
    # Its points grow with the value without end.
    is_open: ClassVar[bool] = False
    # What a published clause must say about it, because two fair readers could take it differently.
    asks: ClassVar[tuple[str, ...]] = ()

    def check_indicator(self, indicator: Indicator | None) -> None:
        """Refuse a rule whose indicator is not of the kind this method reads."""
        kind = "nothing" if indicator is None else "ratio" if indicator.is_ratio else "value"
        suits = {"either": ("value", "ratio"), "value": ("value", "ratio")}.get(self.measures, (self.measures,))
        if kind not in suits:
            raise UnsuitableError(WANTED[self.measures])

    def terms(self, indicator: Indicator | None) -> dict[str, tuple[Term, ...]]:
        """The sums to read: ``x`` and, for a ratio, ``y``."""
        return {} if indicator is None else indicator.terms()

    def numbers(self, is_ratio: bool) -> Numbers:
        """The constants of a rule by this method."""
        raise NotImplementedError

    def reckon(self, reading: Reading) -> Fraction | None:
        """The points of one line in exact fractions; None where it is not evaluable."""
        raise NotImplementedError

    def amount(self, x: Fraction, y: Fraction) -> Fraction | None:
        """What an amount alone would earn, without any end; None where that cannot be said."""
        return None

    @classmethod
    def pieces(cls, line: ir.Table) -> Pieces:
        """Top and bottom of all lines by this method."""
        raise NotImplementedError

    def why(self, reading: Reading) -> Why:
        """The arithmetic of one line in one sentence."""
        raise NotImplementedError


def kept(points: Fraction, low: Decimal | None, high: Decimal | None) -> Fraction:
    """Points between a low and a high end, where there are such.

    >>> kept(Fraction(7), Decimal(0), Decimal(5)), kept(Fraction(-7), None, Decimal(5))
    (Fraction(5, 1), Fraction(-7, 1))
    """
    points = points if high is None else min(points, Fraction(high))
    return points if low is None else max(points, Fraction(low))


def within(top: Any, bottom: Any) -> Any:
    """A numerator cut where it is farther than any cap, so that the engine's whole numbers hold it."""
    import ibis

    return ibis.greatest(ibis.least(top, bottom * FARTHEST), bottom * -FARTHEST)
