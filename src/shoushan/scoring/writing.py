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
    top, bottom = value.as_integer_ratio()
    shown, over = divmod(abs(top) * 10**_SHOWN, bottom)
    whole, part = divmod(shown, 10**_SHOWN)
    text = f"{'-' if top < 0 else ''}{whole}.{part:0{_SHOWN}d}"
    return text + "…" if over else text.rstrip("0").rstrip(".")


def percent(share: Decimal | Fraction | int) -> str:
    """A share for reading.

    >>> percent(Fraction(23, 25))
    '92%'
    """
    top, bottom = share.as_integer_ratio()
    return number(Fraction(top * 100, bottom)) + "%"
