"""The reader of each kind of field."""

from __future__ import annotations

from dataclasses import dataclass

from shoushan.exchange.clerk import amounts, choices, codes, days, money, quantities, units
from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, plain_text
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.words import narrow, words
from shoushan.exchange.foreign import Value


@dataclass(frozen=True)
class Setting:
    """What holds for all cells of a sheet."""

    period: days.Period
    directory: units.Directory
    date1904: bool = False
    money: money.MoneyUnit | None = None


def reader_of(field: FieldIntake, header: str, setting: Setting, unit: str = "") -> Reader:
    """Reads a column of this field under this header; ``unit`` is what a person said its numbers count."""
    header = narrow(header)
    kind = field.kind
    if field.parts and kind in ("quantities", "count"):
        return _with_plain_count(field, header)
    if kind == "money":
        given = money.unit_of(unit) if unit else None
        return money.reader(field, given or money.header_unit(header) or setting.money)
    if kind == "date":
        return days.reader(field, setting.period, date1904=setting.date1904)
    if kind in ("unit", "units", "split"):
        return units.reader(field, setting.directory)
    if kind == "area":
        return amounts.area_reader(field, f"({unit})" if unit else header)
    if kind == "length":
        return amounts.length_reader(field, f"({unit})" if unit else header)
    if kind == "count":
        return amounts.count_reader(field, header)
    return _simple(field)


def _simple(field: FieldIntake) -> Reader:
    kind = field.kind
    if kind == "share":
        return amounts.share_reader(field)
    if kind == "decimal":
        return amounts.decimal_reader(field)
    if kind == "days":
        return amounts.days_reader(field)
    if kind == "number":
        return codes.number_reader()
    if kind == "code":
        return codes.code_reader()
    if kind in ("choice", "colour"):
        return choices.choice_reader(field)
    if kind == "currency":
        return choices.currency_reader()
    return _text_reader(lines=kind == "lines")


def _with_plain_count(field: FieldIntake, header: str) -> Reader:
    """A count alone where it is one; else several quantities."""
    several = quantities.reader(field)
    if field.kind == "quantities":
        return several
    alone = amounts.count_reader(field, header)

    def read(value: Value, percent: bool) -> Reading:
        found = alone(value, percent)
        if not found.fault:
            return found
        more = several(value, percent)
        return more if field.parts["count"] in more.more or more.ask else found

    return read


def _text_reader(*, lines: bool) -> Reader:
    nothing = {"", *words().dashes}

    def read(value: Value, percent: bool) -> Reading:
        text = plain_text(value, lines=lines)
        return EMPTY if text in nothing else Reading(text)

    return read
