"""How the months of an indicator combine, by its kind; plain figures in, plain figures out.

A flow's months add up. Of a running total each month is the difference to the total before it. A ratio's months
combine from their numerators and denominators, and never as a mean of percentages.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

PERCENT = Decimal(100)
EXACT = Decimal("0.0001")  # as many places as a value keeps

Parts = tuple[Decimal, Decimal]


def ratio(numerator: Decimal, denominator: Decimal, measure: str) -> Decimal:
    """What two parts make: of ``percent`` in percent, else as it is.

    >>> ratio(Decimal(97), Decimal(100), "percent")
    Decimal('97.0000')
    """
    whole = PERCENT if measure == "percent" else Decimal(1)
    return (numerator * whole / denominator).quantize(EXACT, ROUND_HALF_UP)


def ratios_to_date(parts: Mapping[int, Parts], measure: str) -> dict[int, Decimal]:
    """The ratio from January to each month that has parts.

    >>> ratios_to_date({1: (Decimal(1), Decimal(1)), 2: (Decimal(0), Decimal(3))}, "percent")[2]
    Decimal('25.0000')
    """
    found, above, below = {}, Decimal(0), Decimal(0)
    for month in sorted(parts):
        above, below = above + parts[month][0], below + parts[month][1]
        found[month] = ratio(above, below, measure)
    return found


def differences(totals: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    """What each month added to a running total; None is a month in which nothing was added.

    >>> differences({1: Decimal(10), 2: None, 4: Decimal(25)})
    {1: Decimal('10'), 2: Decimal('0'), 4: Decimal('15')}
    """
    found, before = {}, Decimal(0)
    for month in sorted(totals):
        total = totals[month]
        after = before if total is None else total
        found[month] = after - before
        before = after
    return found
