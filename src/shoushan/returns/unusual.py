"""When a figure asks for a sentence: outside what its own earlier months lead one to expect. It never blocks.

Source: the min–max check of DHIS2 (user guide, “min-max outlier”), which takes the range of a unit's own past values;
the widening and the factor are ours, decided in docs/decisions/0016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# with fewer months there is no range to speak of
MONTHS = 3
MOST_MONTHS = 13
# the range of the past is widened on both sides by half of itself, at least by a fifth of its larger end
WIDENED, AT_LEAST = Decimal("0.5"), Decimal("0.2")
# what a wrong unit of measure looks like
FACTOR = Decimal(10)


@dataclass(frozen=True, slots=True)
class Expected:
    """Between which figures a month is expected, and from how many months before it that is taken."""

    low: Decimal
    high: Decimal
    months: int


def expected(before: Sequence[Decimal]) -> Expected | None:
    """The widened range of the months before, the newest last; None where too few are known.

    >>> expected([Decimal(90), Decimal(100), Decimal(110)])
    Expected(low=Decimal('68.0'), high=Decimal('132.0'), months=3)
    """
    known = before[-MOST_MONTHS:]
    if len(known) < MONTHS:
        return None
    low, high = min(known), max(known)
    wider = max((high - low) * WIDENED, max(abs(low), abs(high)) * AT_LEAST)
    # what never fell below nothing is not expected to
    return Expected(max(low - wider, Decimal(0)) if low >= 0 else low - wider, high + wider, len(known))


def unusual(amount: Decimal, before: Sequence[Decimal]) -> str:
    """``above``, ``below``, ``tenfold``, ``tenth``, or nothing where a figure is like those before it."""
    jump = _jump(abs(amount), abs(before[-1])) if before else ""
    if jump:
        return jump
    range_ = expected(before)
    if range_ is None or range_.low <= amount <= range_.high:
        return ""
    return "above" if amount > range_.high else "below"


def _jump(now: Decimal, last: Decimal) -> str:
    """Zero is no tenth of anything: whether it is expected, the range says."""
    if not now or not last:
        return ""
    if now >= last * FACTOR:
        return "tenfold"
    return "tenth" if now * FACTOR <= last else ""
