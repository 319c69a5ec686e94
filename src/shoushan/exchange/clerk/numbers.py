"""The figure a text begins with: 1,800, 0.42万, 二十, 2亿4千万; what is no single figure is none."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from shoushan.exchange.clerk.cells import shown
from shoushan.exchange.clerk.words import any_of, words
from shoushan.exchange.foreign import Value
from shoushan.reading import numerals

SCALES = "".join([*numerals.SCALES, *numerals.GREAT])
DIGITS = "".join(numerals.DIGITS)
LEAD = re.compile(rf"[+\-−]?(?:[0-9.][0-9.,{SCALES}]*+|[{DIGITS}{SCALES}]++)")  # noqa: RUF001
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?[^0-9,]*$")
SCALE_SIGN = re.compile(f"[{SCALES}]")
MOST_DIGITS = 24
MOST_TEXT = 200


class Figure(NamedTuple):
    """A number, whether a scale such as 万 stands in it, and what follows."""

    value: Decimal
    scaled: bool
    rest: str


def figure(text: str) -> Figure | None:
    """The figure at the beginning of narrow text."""
    return _figure(text) if len(text) <= MOST_TEXT else None


@lru_cache(maxsize=65_536)
def _figure(text: str) -> Figure | None:
    found = LEAD.match(text)
    if not found:
        return None
    body = found.group().rstrip(".,")
    rest = text[len(body) :]
    sign, body = (-1, body[1:]) if body[:1] in "-−" else (1, body.removeprefix("+"))  # noqa: RUF001
    value = _value(body)
    return None if value is None else Figure(sign * value, bool(SCALE_SIGN.search(body)), rest)


def _value(body: str) -> Decimal | None:
    if not body or len(body) > MOST_DIGITS or body.count(".") > 1 or ("," in body and not GROUPED.match(body)):
        return None
    if body[0] in "0123456789.":
        try:
            return numerals.value_of(body if body[0] != "." else f"0{body}")
        except InvalidOperation:
            return None
    if SCALE_SIGN.search(body) and any(a in DIGITS and b in DIGITS for a, b in zip(body, body[1:], strict=False)):
        # Two digits side by side with a scale behind them is “two or three thousand”.
        return None
    return numerals.value_of(body)


def number_of(value: Value) -> Decimal | None:
    """A stored number, as it is."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return value if isinstance(value, Decimal) else Decimal(value)


APPROXIMATE = re.compile(any_of(words().approximate))


def estimate(text: str) -> str | None:
    """The text without the word that makes it an estimate; None where there is no such word."""
    bare = APPROXIMATE.sub("", text, count=1)
    return None if bare == text else APPROXIMATE.sub("", bare)


def written(value: Value) -> str:
    return shown(value)[:60]
