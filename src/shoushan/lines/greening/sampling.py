"""A survival sample: how many places to look at, which ones, and how sure the result is. Pure, and reproducible.

The places of a planting are numbered from 1. The seed is published before anybody goes out, so that nobody can
choose the places; whoever has it draws the same ones again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from shoushan.core import sampling as lots

Z = Decimal("1.96")  # 95 in 100 such intervals hold the truth
ONE = Decimal(1)


def size(population: int, *, precision: Decimal, expected: Decimal) -> int:
    """How many of a population must be looked at: n = n0 / (1 + (n0 - 1) / N), n0 = z² p (1 - p) / e².

    The second step is the correction for a finite population: of 100 places one needs fewer than of 10,000.

    >>> size(10_000, precision=Decimal("0.05"), expected=Decimal("0.5")), size(100, precision=Decimal("0.05"),
    ...     expected=Decimal("0.5"))
    (370, 80)
    """
    first = Z * Z * expected * (ONE - expected) / (precision * precision)
    needed = first / (ONE + (first - ONE) / population)
    return min(population, max(1, int(needed.to_integral_value(ROUND_CEILING))))


def draw(population: int, count: int, seed: str) -> list[int]:
    """The places drawn, in the order of their numbers; lots are drawn as everywhere in the product.

    >>> draw(10, 3, "2026-10-15") == draw(10, 3, "2026-10-15"), len(draw(10, 3, "2026-10-15"))
    (True, 3)
    """
    return lots.draw(range(1, population + 1), count, seed)


@dataclass(frozen=True, slots=True)
class Interval:
    """What a sample says of the whole: the share in it, and from where to where the truth may lie."""

    share: Decimal
    low: Decimal
    high: Decimal


def wilson(alive: int, looked_at: int, population: int) -> Interval:
    """The Wilson interval at 95 %, narrower as the sample nears the whole; whoever counts all knows.

    >>> found = wilson(90, 100, 1_000_000)
    >>> round(found.low, 3), round(found.high, 3)
    (Decimal('0.826'), Decimal('0.945'))
    """
    share = Decimal(alive) / looked_at
    if looked_at >= population:
        return Interval(share, share, share)
    weight = Decimal(looked_at) * (population - 1) / (population - looked_at)  # as many as if drawn from without end
    square = Z * Z / weight
    middle = (share + square / 2) / (ONE + square)
    half = Z / (ONE + square) * (share * (ONE - share) / weight + square / (4 * weight)).sqrt()
    return Interval(share, max(Decimal(0), middle - half), min(ONE, middle + half))
