"""The values of a workbook's visible sheets; where formulas, errors and merged cells stand is told beside them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from functools import cache
from typing import Any
from xml.parsers import expat

import python_calamine

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000
MOST_MERGED = 20_000
MOST_TEXT = 32_767
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")


class BeyondError(Exception):
    """A cell lies outside what is read."""

    def __init__(self, sheet: str, row: int, column: int) -> None:
        super().__init__(sheet, row, column)
        self.limit = {
            "sheet": sheet,
            "cell": f"{letters(column)}{row}",
            "rows": MOST_ROWS,
            "columns": MOST_COLUMNS,
            "cells": MOST_CELLS,
        }


def parse(data: bytes) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            paths = _sheet_paths(opened)
            outlines = {name: Outline(name).read(opened.open(path)) for name, path in paths.items()}
    except BeyondError as beyond:
        return {"limit": beyond.limit}
    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = []
    for name, outline in outlines.items():
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False) if outline.last_row else []
        sheets.append(
            {
                "name": name,
                "rows": [[_plain(value) for value in row[:MOST_COLUMNS]] for row in rows[: outline.last_row]],
                "formulas": outline.formulas,
                "errors": outline.errors,
                "merged": outline.merged,
            }
        )
    return {"sheets": sheets}


def _sheet_paths(opened: zipfile.ZipFile) -> dict[str, str]:
    """The visible sheets in their order, each with its place in the archive."""
    targets: dict[str, str] = {}
    sheets: list[dict[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _tag(name) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _tag(name) == "sheet":
            sheets.append({_tag(key): value for key, value in attributes.items()})

    for path, listen in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = listen
        parser.Parse(opened.read(path), True)
    return {
        one["name"]: targets[one["id"]].lstrip("/")
        if targets[one["id"]].startswith("/")
        else f"xl/{targets[one['id']]}"
        for one in sheets
        if one.get("state", "visible") == "visible" and "worksheet" in targets[one["id"]].lower()
    }


class Outline:
    """How far a sheet reaches, and where its formulas, errors and merged cells are (rows and columns from 0)."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.formulas: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.last_row = self.last_column = self.row = self.column = 0
        self.kind = self.reference = ""

    def read(self, part: Any) -> Outline:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        with part:
            parser.ParseFile(part)
        return self

    def start(self, name: str, attributes: dict[str, str]) -> None:
        # Called for every cell of the sheet, so the frequent elements come first.
        tag = name if ":" not in name else _tag(name)
        if tag == "c":
            self.reference = attributes.get("r", "")
            self.kind = attributes.get("t", "")
            self.column += 1
        elif tag in ("v", "is", "f"):
            self._reach()
            if tag == "f":
                self.formulas.append((self.row - 1, self.column - 1))
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "mergeCell" and len(self.merged) < MOST_MERGED:
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = place(first), place(last or first)
            self.merged.append((top - 1, left - 1, min(bottom, MOST_ROWS) - 1, min(right, MOST_COLUMNS) - 1))

    def _reach(self) -> None:
        """Count a cell that holds something; cells that are only coloured do not matter."""
        if self.reference:
            self.column = _column(self.reference.rstrip("0123456789"))
        if self.column > self.last_column or self.row > self.last_row:
            self._stretch()
        if self.kind == "e":
            self.errors.append((self.row - 1, self.column - 1))

    def _stretch(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if (
            self.last_row > MOST_ROWS
            or self.last_column > MOST_COLUMNS
            or self.last_row * self.last_column > MOST_CELLS
        ):
            raise BeyondError(self.sheet, self.row, self.column)


@cache
def _column(name: str) -> int:
    return place(f"{name}1")[1]


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell's name, from 1."""
    found = PLACE.match(reference.replace("$", ""))
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _plain(value: Any) -> Any:
    """A value as JSON can carry it; dates are told apart from texts by their list."""
    if isinstance(value, str):
        return value[:MOST_TEXT] or None
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return ["date", value.isoformat()[:10]]
    return str(value)


def _number(value: float) -> int | float | None:
    """Fifteen digits, as Excel itself shows: 0.1 + 0.2 is 0.3."""
    rounded = float(f"{value:.15g}")
    if rounded.is_integer() and abs(rounded) < 1e15:
        return int(rounded)
    return rounded if abs(rounded) < 1e300 else None


def _tag(name: str) -> str:
    return name.rpartition(":")[2]
