"""A foreign table into rows: its header found by its names, every fault of every row told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.exchange.foreign import EMPTY, Cell, Sheet, Value, Workbook
from shoushan.exchange.parsers.excel import letters
from shoushan.exchange.sheets import cells
from shoushan.exchange.sheets.columns import KEY, Column, plain_header

# A title, a note and the unit of measure may stand above the header.
HEADER_WITHIN = 30
MOST_NAMED = 12


@dataclass(frozen=True)
class RowRead:
    """One good row; ``number`` is its row in the sheet, ``values`` has every column's key, and ``key`` if it came."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell or row; the same fields as a refusal, with the place."""

    row: int
    column: str
    cell: str
    code: str
    message: str
    hint: str
    params: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip() % self.params


@dataclass(frozen=True)
class Reading:
    """What was read: good rows, faults, the cells of the faulty rows, headers nobody knows."""

    sheet: str
    rows: list[RowRead]
    faults: list[Fault]
    faulty: dict[int, dict[str, Value]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """The row with the column names: which place holds which column."""

    row: int
    places: dict[str, int]
    unknown: list[str]


def read_table(workbook: Workbook, columns: Iterable[Column]) -> Reading:
    """Read the sheet whose header fits best; refuse only if no header fits."""
    columns = list(columns)
    sheet, header = _best(workbook, columns)
    missing = [str(column.label) for column in columns if column.required and column.key not in header.places]
    if missing or not header.places.keys() - {KEY}:
        raise _wrong_headers(columns, missing, header)
    return _read(sheet, header, columns)


def _best(workbook: Workbook, columns: Sequence[Column]) -> tuple[Sheet, Header]:
    names = {name: column.key for column in columns for name in column.names()} | {KEY: KEY}
    found = [
        (sheet, _header(row, number, names))
        for sheet in workbook.sheets
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1)
        if any(cell.value is not None for cell in row)
    ]
    if not found:
        raise Refusal(
            "sheet.empty",
            mark("There is nothing in this table."),
            hint=mark("Export the present table, fill it in, and choose that file."),
        )
    return max(found, key=lambda one: len(one[1].places))


def _header(row: Sequence[Cell], number: int, names: Mapping[str, str]) -> Header:
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(row):
        if cell.value is None:
            continue
        key = names.get(plain_header(str(cell.value)))
        if key is None:
            unknown.append(str(cell.value))
        else:
            places.setdefault(key, place)
    return Header(number, places, unknown)


def _read(sheet: Sheet, header: Header, columns: Sequence[Column]) -> Reading:
    reading = Reading(sheet.name, [], [], unknown=header.unknown[:MOST_NAMED])
    wanted = [*columns, Column(KEY, KEY)] if KEY in header.places else list(columns)
    whole: dict[tuple[Value, ...], int] = {}
    keys: dict[Value, int] = {}
    for number, row in enumerate(sheet.rows[header.row :], start=header.row + 1):
        held = {column.key: _cell(row, header, column) for column in wanted}
        if all(cell.value is None and not cell.error and not cell.formula for cell in held.values()):
            continue
        values, faults = _values(held, number, header, wanted)
        if not faults:
            faults = _repeated(values, number, header, whole, keys)
        if faults:
            reading.faults.extend(faults)
            reading.faulty[number] = {key: cell.value for key, cell in held.items()}
        else:
            reading.rows.append(RowRead(number, values))
    return reading


def _cell(row: Sequence[Cell], header: Header, column: Column) -> Cell:
    place = header.places.get(column.key)
    return row[place] if place is not None and place < len(row) else EMPTY


def _values(
    held: Mapping[str, Cell], number: int, header: Header, wanted: Sequence[Column]
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for column in wanted:
        cell = held[column.key]
        if cell is EMPTY and not column.required:
            values[column.key] = None
            continue
        try:
            values[column.key] = cells.value_of(cell, column)
        except Refusal as refusal:
            place = header.places.get(column.key, 0)
            faults.append(_fault(refusal, number, str(column.label), f"{letters(place + 1)}{number}"))
    return values, faults


def _repeated(
    values: Mapping[str, Any],
    number: int,
    header: Header,
    whole: dict[tuple[Value, ...], int],
    keys: dict[Value, int],
) -> list[Fault]:
    """Notice a row that stands there twice: entered twice it would count twice."""
    first = whole.setdefault(tuple(values.values()), number)
    if first == number and values.get(KEY) is not None:
        first = keys.setdefault(values[KEY], number)
    if first == number:
        return []
    refusal = Refusal(
        "row.repeated",
        mark("Row %(row)s says the same as row %(first)s."),
        hint=mark("Delete one of them; if both are meant, let them differ, in their names for example."),
        params={"row": number, "first": first},
    )
    return [_fault(refusal, number, "", f"A{number}")]


def _fault(refusal: Refusal, number: int, column: str, cell: str) -> Fault:
    return Fault(number, column, cell, refusal.code, refusal.message, refusal.hint, refusal.params)


def _wrong_headers(columns: Sequence[Column], missing: Sequence[str], header: Header) -> Refusal:
    return Refusal(
        "sheet.headers",
        mark("The columns of this table are not known: %(missing)s is missing; found in row %(row)s: %(found)s."),
        hint=mark("Export the present table and use its first row."),
        params={
            "missing": ", ".join(missing or [str(column.label) for column in columns]),
            "row": header.row,
            "found": ", ".join(header.unknown[:MOST_NAMED]) or "-",
        },
    )
