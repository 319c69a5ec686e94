"""Rows sent back to their office: its own headers above them, the reason beside each, the bad cells marked."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from shoushan.exchange.sheets.books import MADE, OPTIONS, guarded, sheet_name, writable

REASON = {"font_color": "#A4262C", "text_wrap": True, "valign": "top"}
BAD = {"bg_color": "#FDE7E9", "num_format": "@", "valign": "top"}
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Returned:
    """One row as it came, why it was not taken, and which of its cells are meant, counted from 0."""

    cells: Sequence[Any]
    reason: str
    bad: Collection[int] = ()


def write_returned(sheets: Sequence[tuple[str, Sequence[Sequence[Any]], Sequence[Returned]]], *, title: str) -> bytes:
    """Each sheet's name, its rows down to the headers, and the rows to be mended.

    Values are written as text. The reasons stand in a column without a header, so that the mended file is understood
    as the one it came from.
    """
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {**OPTIONS, "constant_memory": False}) as book:
        book.set_properties({"title": title, "created": MADE})
        reason, bad = book.add_format(REASON), book.add_format(BAD)
        for name, heads, rows in sheets:
            sheet = book.add_worksheet(sheet_name(name))
            place = max((len(cells) for cells in [*heads, *(row.cells for row in rows)]), default=0)
            sheet.set_column(place, place, WIDTH)
            for number, head in enumerate(heads):
                _write(sheet, number, head)
            for number, row in enumerate(rows, start=len(heads)):
                _write(sheet, number, row.cells, row.bad, bad)
                sheet.write_string(number, place, writable(guarded(row.reason)), reason)
    return made.getvalue()


def _write(sheet: Any, number: int, cells: Sequence[Any], marked: Collection[int] = (), style: Any = None) -> None:
    for place, value in enumerate(cells):
        told = "" if value is None else writable(guarded(str(value)))
        if told:
            sheet.write_string(number, place, told, style if place in marked else None)
        elif place in marked:
            sheet.write_blank(number, place, None, style)
