"""Numbers that name something: receipt numbers, and credit codes with their check digit (GB 32100)."""

from __future__ import annotations

import re
from decimal import Decimal

from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.numbers import written
from shoushan.exchange.foreign import Value

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
LENGTH = 18
# Excel keeps fifteen digits of a number.
MOST_WHOLE = 10**15
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}$", re.IGNORECASE)


def check_digit(code: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(code, WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


def number_reader() -> Reader:
    """A number that names something: kept as text, refused where a spreadsheet has rounded it."""

    def read(value: Value, percent: bool) -> Reading:
        if _rounded(value):
            return bad("lost_digits", said=written(value))
        text = figure_text(shown(value))
        return EMPTY if is_nothing(text) else Reading(text)

    return read


def code_reader() -> Reader:
    """A unified social credit code."""

    def read(value: Value, percent: bool) -> Reading:
        if isinstance(value, int | Decimal) or _rounded(value):
            return bad("lost_digits", said=written(value))
        code = figure_text(shown(value)).upper().replace("-", "")
        if is_nothing(code):
            return EMPTY
        if len(code) != LENGTH:
            return bad("code_length", said=code, length=len(code))
        if any(sign not in ALPHABET for sign in code) or check_digit(code[:17]) != code[17]:
            return bad("code_check", said=code)
        return Reading(code)

    return read


def _rounded(value: Value) -> bool:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value >= MOST_WHOLE or value != int(value)
    return isinstance(value, str) and bool(SCIENTIFIC.fullmatch(value.strip()))
