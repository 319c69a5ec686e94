"""Decimals as people type them."""

from __future__ import annotations

from decimal import Decimal


def plain(number: Decimal) -> str:
    """A number without trailing zeros and without powers.

    >>> plain(Decimal("1200.5000")), plain(Decimal("3E+2"))
    ('1200.5', '300')
    """
    return f"{number.normalize():f}"
