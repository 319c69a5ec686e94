"""Exact arithmetic inside every engine: whole numbers of 64 bits, counted in grains of 10⁻¹² point.

Decimal division becomes binary floating point in DuckDB, and Ibis writes ``//`` as a floating division, so a value
is held as a whole number of GRAINs and one bit that says whether something was left over below the last grain.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from shoushan.core.errors import Refusal, mark

if TYPE_CHECKING:
    from sqlglot import expressions as sql

# One point is 10**12 grains; a denominator may have twelve digits, so that a remainder times LIMB still fits 64 bits.
GRAIN_PLACES = 12
GRAIN: int = 10**GRAIN_PLACES
LIMB: int = 10**6
LARGEST_DENOMINATOR: int = 10**12
LARGEST_POINTS = 1000
# No result reaches it; it stands for “no limit” where a column must hold a number.
NO_LIMIT = 4 * 10**18


def places(value: Decimal) -> int:
    """How many decimals a number needs; negative where it ends in zeros.

    >>> [places(Decimal(text)) for text in ("1.50", "30", "1200", "0")]
    [1, -1, -2, 0]
    """
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("not a finite number")
    return exponent * -1 if value else 0


def whole(value: Decimal | Fraction, at: int) -> int:
    """A decimal as a whole number of 10**-at; a ValueError where it has more decimals."""
    top, bottom = value.as_integer_ratio()
    found, over = divmod(top * 10 ** max(at, 0), bottom * 10 ** max(-at, 0))
    if over:
        raise ValueError(f"{value} has more than {at} decimals")
    return int(found)


def grains(points: Decimal | Fraction, rule: str) -> int:
    """Points as grains, refused where a scheme asks for more than the arithmetic holds."""
    scaled = Fraction(points) * GRAIN
    if scaled.denominator != 1 or abs(scaled) > LARGEST_POINTS * GRAIN:
        raise Refusal(
            "scheme.too_fine",
            mark("Rule %(rule)s: %(points)s is more than 1,000 points or has more than 12 decimals."),
            hint=mark("State the points in a smaller or a rounder number."),
            params={"rule": rule, "points": str(points)},
        )
    return scaled.numerator


def divided(top: Any, bottom: Any) -> Any:
    """The whole part of a division of whole numbers, cut towards zero."""
    return _marker("WHOLE_PART")(top, bottom)


def remainder(top: Any, bottom: Any) -> Any:
    """What a division of whole numbers leaves, with the sign of the number divided."""
    return _marker("LEFT_OVER")(top, bottom)


def total(values: Any) -> Any:
    """A sum, or a sum over a window, as a whole number of 64 bits: DuckDB and PostgreSQL make it a wider kind."""
    return _marker("WHOLE_SUM", 1)(values)


def floored(top: Any, bottom: int) -> Any:
    """The division of a whole number by a positive one, rounded down, below zero too."""
    below = (top < 0) & (remainder(top, bottom) != 0)
    return divided(top, bottom) - below.ifelse(1, 0)


class Product(NamedTuple):
    """floor(by × top ÷ bottom), 1 where something was left over, and what was left of a top that is not negative."""

    value: Any
    rest: Any
    left: Any


def product(by: Any, top: Any, bottom: Any) -> Product:
    """by × top ÷ bottom as a school division in three limbs, since the whole product would not fit.

    ``by`` is zero or more and ``bottom`` above zero. Each limb uses the one before once, so the expression stays short.
    """
    size = top.abs()
    over = remainder(size, bottom)
    first = over * divided(by, LIMB * LIMB)
    second = remainder(first, bottom) * LIMB + over * remainder(divided(by, LIMB), LIMB)
    third = remainder(second, bottom) * LIMB + over * remainder(by, LIMB)
    found = by * divided(size, bottom) + divided(first, bottom) * (LIMB * LIMB)
    found = found + divided(second, bottom) * LIMB + divided(third, bottom)
    left = remainder(third, bottom)
    rest = (left != 0).ifelse(1, 0)
    return Product((top < 0).ifelse(found * -1 - rest, found), rest, left)


@cache
def _marker(name: str, takes: int = 2) -> Any:
    """A function that exists in no engine; ``rewritten`` puts the engine's own words in its place."""
    import ibis

    def one(value: int) -> int:
        raise NotImplementedError

    def two(top: int, bottom: int) -> int:
        raise NotImplementedError

    return ibis.udf.scalar.builtin(one if takes == 1 else two, name=name, signature=(("int64",) * takes, "int64"))


def rewritten(tree: sql.Expression, dialect: str) -> sql.Expression:
    """A compiled query in which our marked functions are the engine's own on whole numbers."""
    from sqlglot import expressions as sql

    marked = [node for node in tree.find_all(sql.Anonymous) if node.name in ("WHOLE_PART", "LEFT_OVER", "WHOLE_SUM")]
    for node in reversed(marked):  # the inner ones first
        node.replace(_in_words_of(dialect, node.name, [sql.Paren(this=each) for each in node.expressions]))
    return tree


def _in_words_of(dialect: str, name: str, given: list[sql.Paren]) -> sql.Expression:
    from sqlglot import expressions as sql

    if name == "WHOLE_SUM":
        return sql.Cast(this=given[0], to=sql.DataType.build("bigint"))
    top, bottom = given
    if name == "LEFT_OVER":
        return sql.Paren(this=sql.Mod(this=top, expression=bottom))
    if dialect == "sqlite":  # its "/" on whole numbers is whole
        return sql.Paren(this=sql.Div(this=top, expression=bottom, typed=True, safe=False))
    return sql.Paren(this=sql.IntDiv(this=top, expression=bottom))
