"""Texts and workbooks as they arrive from anywhere, read into plain values; nothing in them is ever carried out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from shoushan.core.errors import Refusal, mark
from shoushan.exchange import archive, confined, encodings, gate
from shoushan.exchange.parsers import excel

MOST_CHARACTERS = 2_000_000
PDF = frozenset({"pdf"})

Value = str | int | Decimal | bool | date | None


@dataclass(frozen=True)
class Text:
    """A document's words, with one kind of line end, and the encoding they came in."""

    text: str
    encoding: str


class Cell(NamedTuple):
    """One cell: its value, and what else is known of it."""

    value: Value = None
    formula: bool = False
    merged: bool = False
    error: bool = False
    uncached: bool = False
    """The formula's result was never stored."""
    external: bool = False
    """The formula reaches into another file."""
    percent: bool = False
    """Shown as a percentage: 0.85 is 85 %."""
    fill: str = ""
    """The colour it is filled with, as RRGGBB."""
    link: str = ""
    """Where a hyperlink leads."""
    said: str = ""
    """What stands there in place of a value: the error's name."""


class Area(NamedTuple):
    """A merged range, counted from 0, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook; row 1 of the sheet is ``rows[0]``. Hidden rows and columns count from 0."""

    name: str
    rows: list[list[Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Workbook:
    """The visible sheets of a workbook, in their order; a CSV file has one. Hidden sheets by name, with their state."""

    sheets: list[Sheet]
    hidden: tuple[tuple[str, str], ...] = ()
    date1904: bool = False


EMPTY = Cell()


def read_text(data: bytes, name: str) -> Text:
    """The words of a speech or report, from ``.txt`` or ``.docx``."""
    kind = gate.check(data, name, kinds=gate.TEXTS | PDF)
    if kind.key == "pdf":
        raise _pdf(data)
    if kind.key == "txt":
        # Decoding cannot run away: it needs no process of its own.
        text, encoding = encodings.decode(data)
    else:
        text, encoding = confined.parse("word", data)["text"], "docx"
    text = encodings.plain_lines(text)
    if not text.strip():
        raise Refusal(
            "file.no_words",
            mark("There are no words in this file."),
            hint=mark("If it holds pictures of pages, choose the Word file they were made from, or paste the text."),
        )
    if len(text) > MOST_CHARACTERS:
        raise Refusal(
            "file.too_long",
            mark("This text has %(length)s characters; at most %(most)s are read at once."),
            hint=mark("Split it into parts: a speech rarely has more than 50,000."),
            params={"length": f"{len(text):,}", "most": f"{MOST_CHARACTERS:,}"},
        )
    return Text(text, encoding)


def read_sheet(data: bytes, name: str) -> Workbook:
    """The cells of a workbook (``.xlsx``) or a table (``.csv``)."""
    kind = gate.check(data, name, kinds=gate.SHEETS)
    if kind.key == "csv":
        return Workbook([Sheet("", _csv_rows(data))])
    found = confined.parse("excel", data)
    hidden = tuple((one["name"], one["state"]) for one in found["hidden"])
    return Workbook([_sheet(one) for one in found["sheets"]], hidden, found["date1904"])


def _pdf(data: bytes) -> Refusal:
    hint = mark("Upload Word or paste the text.")
    if b"/Font" in data:
        return Refusal("file.scan", mark("Words cannot be taken reliably from a PDF."), hint=hint)
    return Refusal("file.scan", mark("This PDF is pictures without text."), hint=hint)


def _csv_rows(data: bytes) -> list[list[Cell]]:
    text, _ = encodings.decode(data)
    first = text[: text.find("\n")] if "\n" in text else text
    separator = max(",\t;", key=first.count)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if len(rows) >= excel.MOST_ROWS or len(row) > excel.MOST_COLUMNS or cells > excel.MOST_CELLS:
                raise confined.beyond(excel.BeyondError("CSV", len(rows) + 1, len(row)).limit)
            rows.append([_csv_cell(text) for text in row])
    except csv.Error:
        raise archive.damaged() from None
    return rows


def _csv_cell(text: str) -> Cell:
    # Excel would take it for a formula, so it is reported as one.
    return Cell(text[: excel.MOST_TEXT] or None, formula=text.startswith("="))


def _sheet(found: dict[str, Any]) -> Sheet:
    rows = [[EMPTY if value is None else Cell(_value(value)) for value in row] for row in found["rows"]]
    marks: list[tuple[str, Any]] = [
        *(("formula", (*place, True)) for place in found["formulas"]),
        *(("uncached", (*place, True)) for place in found["uncached"]),
        *(("external", (*place, True)) for place in found["external"]),
        *(("percent", (*place, True)) for place in found["percents"]),
        *(("fill", mark) for mark in found["fills"]),
        *(("link", mark) for mark in found["links"]),
    ]
    for name, (row, column, told) in marks:
        # Colours and links of cells beyond the last value mean nothing.
        if row < len(rows) and (column < len(rows[row]) or name == "formula"):
            rows[row].extend([EMPTY] * (column + 1 - len(rows[row])))
            known: dict[str, Any] = {name: told}
            rows[row][column] = rows[row][column]._replace(**known)
    for row, column, said in found["errors"]:
        for line, place in _inside([(row, column)], rows):
            rows[line][place] = rows[line][place]._replace(value=None, error=True, said=said)
    merged = tuple(Area(*area) for area in found["merged"])
    spread = 0
    for area in merged:
        # Merged ranges never overlap in an honest file: together they cannot cover more than there is.
        spread += (min(area.bottom, len(rows)) - area.top + 1) * (area.right - area.left + 1)
        if spread <= excel.MOST_CELLS:
            _spread(rows, *area)
    hidden = frozenset(column for first, last in found["hidden_columns"] for column in range(first, last + 1))
    return Sheet(found["name"], rows, merged, frozenset(found["hidden_rows"]), hidden)


def _inside(places: Iterable[tuple[int, int]], rows: list[list[Cell]]) -> Iterable[tuple[int, int]]:
    for row, column in places:
        if row < len(rows):
            rows[row].extend([EMPTY] * (column + 1 - len(rows[row])))
            yield row, column


def _spread(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """A merged cell counts for every row and column it covers."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    cell = rows[top][left]._replace(merged=True)
    for row in rows[top : bottom + 1]:
        for column in range(left, min(right + 1, len(row))):
            row[column] = cell


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return date.fromisoformat(value[1])
    found: Value = value
    return found
