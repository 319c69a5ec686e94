"""What one cell gives, and how its text is made ready for reading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from shoushan.core.decimals import plain
from shoushan.exchange.clerk.words import words
from shoushan.exchange.foreign import Value

NOTHING_MORE: Mapping[str, Any] = MappingProxyType({})


class Reading(NamedTuple):
    """A value; or why there is none; or what must be asked first."""

    value: Any = None
    fault: str = ""
    """The sentence of ``wording.FAULTS`` that refuses the cell."""
    ask: str = ""
    """The question of ``wording.QUESTIONS``; the value is null until it is answered."""
    params: Mapping[str, Any] = NOTHING_MORE
    more: Mapping[str, Any] = NOTHING_MORE
    """Other fields that the same cell fills."""
    note: str = ""
    """What the whole column must settle: a bare number among others with a unit."""
    options: tuple[tuple[str, str], ...] = ()
    """Possible answers: how each is shown, and what would be read instead."""


Reader = Callable[[Value, bool], Reading]
"""Reads a cell's value; the flag says that it is shown as a percentage."""

TAIL = 40
MOST_CACHED = 200
EMPTY = Reading()
# Circled and bracketed figures, stars and daggers, or a note in brackets.
# han: footnotes are written （注1）
FOOTNOTE = re.compile(r"(?:[\u2460-\u24ff\u2776-\u2793\u3220-\u3229*※†‡]|[(\[（【]注\d{0,2}[)\]）】]|\[\d{1,2}\])+\s*$")
CIRCLED = re.compile("[\u2460-\u2473\u24ea-\u24ff\u2776-\u2793※†‡]")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
GUARD = re.compile(r'="([^"]*)"$')


def bad(fault: str, **params: Any) -> Reading:
    """A cell that cannot be taken."""
    return Reading(fault=fault, params=params)


def asked(question: str, *, options: tuple[tuple[str, str], ...] = (), **params: Any) -> Reading:
    """A cell that waits for an answer."""
    return Reading(ask=question, params=params, options=options)


def shown(value: Value) -> str:
    """A value as a person sees it in the cell."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def figure_text(text: str) -> str:
    """Narrow text without spaces, footnote marks and a guard of the CSV: what stands for a figure, a date, a unit."""
    return _figure_text(text) if len(text) <= MOST_CACHED else _figure_text.__wrapped__(text)


@lru_cache(maxsize=65_536)
def _figure_text(text: str) -> str:
    peeled = GUARD.match(text.strip())
    text = CIRCLED.sub("", without_footnote(peeled.group(1) if peeled else text))
    return "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).split())


def is_nothing(text: str) -> bool:
    """Whether narrow text stands for an empty cell."""
    return not text or text in words().dashes or text in words().nothing


def plain_text(value: Value, *, lines: bool = False) -> str:
    """A text as it is kept: no marks of footnotes, no line breaks inside a name."""
    if not isinstance(value, str):
        return shown(value)
    text = INVISIBLE.sub("", value).strip(" \t\r\n\u3000\xa0")
    peeled = GUARD.match(text) if text[:1] == "=" else None
    if peeled:
        text = peeled.group(1).strip()
    if lines:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in text or "\r" in text:
        text = "\n".join(line for line in map(str.strip, text.splitlines()) if line)
    return without_footnote(text)


def without_footnote(text: str) -> str:
    """A text without the marks at its end; only its end is looked at, however long it is."""
    text = text.rstrip()
    return text[:-TAIL] + FOOTNOTE.sub("", text[-TAIL:])
