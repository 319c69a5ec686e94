"""Rounding in the engine: half away from zero (四舍五入), or half to even (GB/T 8170)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from shoushan.scoring.arithmetic import GRAIN_PLACES, floored, remainder

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from shoushan.scoring.scheme import Rounding


def rounded(table: ir.Table, value: str, slack: str, rounding: Rounding, *, to: str) -> ir.Table:
    """Add ``to``, the rounded value in grains, and ``undecided`` = 1 where the slack reaches over an edge.

    The true value is ``value`` where the slack is 0, else it lies between value and value + slack.
    """
    unit = 10 ** (GRAIN_PLACES - rounding.places)
    low, loose = table[value], table[slack]
    table = table.mutate(_steps=floored(low + unit // 2, unit))
    halfway = (loose == 0) & (remainder(low + unit // 2, unit) == 0)
    downwards = low < 0 if rounding.mode == "half_up" else remainder(table._steps, 2) != 0
    highest = floored(low + loose - 1 + unit // 2, unit)
    return table.mutate(
        **{to: (table._steps - (halfway & downwards).ifelse(1, 0)) * unit},
        undecided=((loose > 1) & (highest != table._steps)).ifelse(1, 0),
    ).drop("_steps")


def written(value: Fraction, places: int, mode: str = "half_up") -> Decimal:
    """An exact value rounded for people, with all its places.

    >>> written(Fraction(-1, 8), 2), written(Fraction(-1, 8), 2, "half_even")
    (Decimal('-0.13'), Decimal('-0.12'))
    """
    top, bottom = value.as_integer_ratio()
    whole, over = divmod(abs(top) * 10**places, bottom)
    up = 2 * over > bottom or (2 * over == bottom and (mode == "half_up" or whole % 2 == 1))
    return Decimal((whole + up) * (-1 if top < 0 else 1)).scaleb(-places)
