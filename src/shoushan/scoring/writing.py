"""Numbers as a sentence writes them: exact where they end, cut with a … where they do not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_SHOWN = 6


def number(value: Decimal | Fraction | int) -> str:
    """A number for reading.

    >>> number(Fraction(23, 2)), number(Fraction(2, 3)), number(Fraction(-1, 3)), number(Decimal("9.20"))
    ('11.5', '0.666666…', '-0.333333…', '9.2')
    """
    exact = Fraction(value)
    size = abs(exact) * 10**_SHOWN
    shown = size.numerator // size.denominator
    whole, part = divmod(shown, 10**_SHOWN)
    digits = f"{part:0{_SHOWN}d}"
    sign = "-" if exact < 0 else ""
    if size.denominator != 1:
        return f"{sign}{whole}.{digits}…"
    return f"{sign}{whole}.{digits}".rstrip("0").rstrip(".")


def percent(share: Decimal | Fraction | int) -> str:
    """A share for reading.

    >>> percent(Fraction(23, 25))
    '92%'
    """
    return number(Fraction(share) * 100) + "%"
