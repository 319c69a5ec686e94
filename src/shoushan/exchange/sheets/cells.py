"""One cell into one value: full-width digits, numbers kept as text, thousands commas, dates in five ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from shoushan.core.errors import Refusal, mark
from shoushan.exchange.foreign import Cell, Value
from shoushan.exchange.sheets.columns import Column, plain_choice

NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$")
SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE][+-]?\d{1,2}$")
# han: dates as offices write them, 2026年3月5日
DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$")
COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})$")
# Excel counts days from here, and treats 1900 as a leap year.
EPOCH = date(1899, 12, 30)
SERIALS = range(1, 2_958_466)
MOST_DIGITS = 30
# Controls and signs that turn the direction of writing: they make a name look like another.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What a spreadsheet would take for a formula (ASVS 1.2.10), after any number of guarding apostrophes.
GUARDED = re.compile("'+[=+\\-@\t\r\0＝＋－＠]")  # noqa: RUF001


def value_of(cell: Cell, column: Column) -> Value:
    """The value this column takes from a cell, or the refusal that names what is wrong with it."""
    if cell.formula:
        raise Refusal(
            "cell.formula",
            mark("“%(column)s” holds a formula, and formulas are not carried out here."),
            hint=mark("Replace it by its value: copy, then paste as values."),
            params={"column": str(column.label)},
        )
    if cell.error:
        raise Refusal(
            "cell.error",
            mark("“%(column)s” holds an error of the spreadsheet."),
            hint=mark("Type the value itself."),
            params={"column": str(column.label)},
        )
    value = _bare(cell.value)
    if value is None:
        if column.required:
            raise Refusal(
                "cell.empty",
                mark("“%(column)s” is empty, and empty is not zero."),
                hint=mark("Enter the value."),
                params={"column": str(column.label)},
            )
        return None
    return READERS[column.kind](value, column)


def narrow(value: Value) -> str:
    """A value as text with narrow digits and signs."""
    return unicodedata.normalize("NFKC", str(value)).strip()


def _bare(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    stripped = value.strip(" \u3000\xa0\r\n")
    return (stripped[1:] if GUARDED.match(stripped) else stripped) or None


def _text(value: Value, column: Column) -> str:
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    if INVISIBLE.search(text):
        raise Refusal(
            "cell.characters",
            mark("“%(column)s” holds invisible characters."),
            hint=mark("Type it again instead of copying it."),
            params={"column": str(column.label)},
        )
    return text


def _decimal(value: Value, column: Column) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    text = narrow(value).replace("−", "-")  # noqa: RUF001
    if column.unit:
        text = text.removesuffix(unicodedata.normalize("NFKC", column.unit)).strip()
    number = text.replace(" ", "")
    if not number or len(number) > MOST_DIGITS or not (NUMBER.match(number) or SCIENTIFIC.match(number)):
        raise _no_number(value, column)
    try:
        return Decimal(number.replace(",", ""))
    except InvalidOperation:
        raise _no_number(value, column) from None


def _integer(value: Value, column: Column) -> int:
    number = _decimal(value, column)
    if number != number.to_integral_value():
        raise Refusal(
            "cell.whole",
            mark("“%(column)s” takes whole numbers; here stands %(value)s."),
            hint=mark("Enter a number without decimals."),
            params={"column": str(column.label), "value": str(value)},
        )
    return int(number)


def _date(value: Value, column: Column) -> date:
    if isinstance(value, date):
        return value
    text = narrow(value)
    written = DATE.match(text) or COMPACT_DATE.match(text)
    if written:
        try:
            return date(*(int(part) for part in written.groups()[:3]))
        except ValueError:
            raise _no_date(value, column) from None
    if text.isdecimal() and len(text) <= len(str(SERIALS.stop)) and int(text) in SERIALS:
        return EPOCH + timedelta(days=int(text))
    raise _no_date(value, column)


def _choice(value: Value, column: Column) -> str:
    stored = column.said.get(plain_choice(str(value)))
    if stored is not None:
        return stored
    raise Refusal(
        "cell.choice",
        mark("“%(column)s” does not know %(value)s."),
        hint=mark("Use one of these: %(choices)s."),
        params={
            "column": str(column.label),
            "value": str(value)[:60],
            "choices": ", ".join(str(shown) for shown in column.choices.values()),
        },
    )


def _no_number(value: Value, column: Column) -> Refusal:
    return Refusal(
        "cell.number",
        mark("“%(column)s” takes a number; here stands %(value)s."),
        hint=mark("Enter the figure alone, in the unit of the column's head."),
        params={"column": str(column.label), "value": str(value)[:60]},
    )


def _no_date(value: Value, column: Column) -> Refusal:
    return Refusal(
        "cell.date",
        mark("“%(column)s” takes a date; here stands %(value)s."),
        hint=mark("Write it like 2026-03-05."),
        params={"column": str(column.label), "value": str(value)[:60]},
    )


READERS: dict[str, Callable[[Value, Column], Value]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "choice": _choice,
}
