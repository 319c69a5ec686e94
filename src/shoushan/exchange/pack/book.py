"""A pack as a workbook: a sheet for each table, and the bars as a chart of their own figures."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from shoushan.exchange.pack.shape import Pack
from shoushan.exchange.sheets.books import guarded, sheet_name, writable

WIDEST, HIGH = 60, 24


def pack_xlsx(pack: Pack) -> bytes:
    """Texts stay texts, whatever they begin with; the bars' figures are numbers."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for number, table in enumerate(pack.tables, 1):
        sheet = book.add_worksheet(sheet_name(f"{number} {table.title}"))
        _lines(sheet, [[table.title], *([[pack.answer]] if number == 1 else [])], 0, book.add_format({"bold": True}))
        start = 3
        _lines(sheet, [table.heads], start, head)
        _lines(sheet, table.rows or [[table.empty]], start + 1, wrap)
        sheet.freeze_panes(start + 1, 0)
        for place in range(len(table.heads)):
            longest = max([len(table.heads[place]), *(len(row[place]) for row in table.rows)])
            sheet.set_column(place, place, min(longest * 2 + 2, WIDEST))
    _bars(book, pack, head)
    book.close()
    return held.getvalue()


def _lines(sheet: Any, rows: list[list[str]], start: int, style: Any) -> None:
    for row, cells in enumerate(rows, start):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, guarded(writable(text)), style)


def _bars(book: Any, pack: Pack, head: Any) -> None:
    name = sheet_name(f"{len(pack.tables) + 1} {pack.bars_title}")
    sheet = book.add_worksheet(name)
    percent = book.add_format({"num_format": "0.0%"})
    _lines(sheet, [["", pack.done, pack.due]], 0, head)
    for row, bar in enumerate(pack.bars, 1):
        sheet.write_string(row, 0, guarded(writable(bar.label)))
        sheet.write_number(row, 1, bar.done, percent)
        sheet.write_number(row, 2, bar.due, percent)
    sheet.set_column(0, 0, 36)
    if pack.bars:
        chart = book.add_chart({"type": "bar"})
        for column in (1, 2):
            chart.add_series(
                {
                    "name": [name, 0, column],
                    "categories": [name, 1, 0, len(pack.bars), 0],
                    "values": [name, 1, column, len(pack.bars), column],
                }
            )
        chart.set_title({"name": pack.bars_title})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 900, "height": 120 + HIGH * 2 * len(pack.bars)})
        sheet.insert_chart(0, 4, chart)
