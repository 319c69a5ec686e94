"""How far months stray from what was expected of them, with little data held honestly wide."""

from __future__ import annotations

from dataclasses import dataclass

# What is believed before any month is seen: a month strays by a quarter of an average month; worth three observations.
BELIEVED, WORTH = 0.25**2, 3
# Months of offices balance each other a little (what slips from one comes in the next), so ranges are so much of the
# bell's. Set once on the first half of the back-test's made-up series; never touched on the other half.
OF_THE_BELL = 0.95


@dataclass(frozen=True, slots=True)
class Spread:
    """The variance of one month, and on how many degrees of freedom it stands."""

    variance: float
    freedom: float


def pooled(squares: float, freedom: float, *, believed: float = BELIEVED) -> Spread:
    """What was seen together with what is believed: ``squares`` is the sum of squared strayings."""
    total = WORTH + max(freedom, 0)
    return Spread((WORTH * believed + squares) / total, total)
