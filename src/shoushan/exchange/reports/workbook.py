"""A report as a workbook: a sheet for each part, figures as numbers in the writing of the paper, and native charts."""

from __future__ import annotations

import io
from typing import Any

from shoushan.exchange.reports.shapes import Bars, Cell, Lines, Part, Report
from shoushan.exchange.sheets.books import MADE, OPTIONS, guarded, sheet_name, writable

WIDE = 90  # characters of a sheet's columns together
CHART = {"x_offset": 10, "y_offset": 10}
SERIES = ("#14517C", "#8CB3D1", "#B37500")


def report_xlsx(report: Report) -> bytes:
    """The same report gives the same bytes."""
    from xlsxwriter import Workbook  # on demand: pages start without it

    held = io.BytesIO()
    with Workbook(held, {**OPTIONS, "constant_memory": False, "in_memory": True}) as book:
        book.set_properties({"title": report.title, "created": MADE})
        styles = _Styles(book)
        names: set[str] = set()
        for part in report.parts:
            _part(book, styles, part, report, _own_name(part.title, names))
    return held.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.soft = book.add_format({"font_color": "#4A5A68", "text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF1F4"})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self._numbers: dict[int, Any] = {}

    def number(self, places: int) -> Any:
        if places not in self._numbers:
            written = "#,##0." + "0" * places if places else "#,##0"
            self._numbers[places] = self.book.add_format({"valign": "top", "num_format": written})
        return self._numbers[places]


def _part(book: Any, styles: _Styles, part: Part, report: Report, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{report.foot.replace('&', '&&')[:200]}&R&P/&N")
    columns = len(part.table.heads) if part.table else 6
    widths = part.table.widths if part.table else [1] * columns
    for place, width in enumerate(widths):
        sheet.set_column(place, place, max(WIDE * width / sum(widths), 8))
    sheet.write_string(0, 0, writable(guarded(part.title)), styles.title)
    sheet.write_string(1, 0, writable(guarded(report.title)), styles.soft)
    row = 2
    said = [*part.said, *([part.empty] if part.empty and part.table and not part.table.rows else [])]
    for text in said:
        sheet.merge_range(row, 0, row, columns - 1, "", styles.soft)
        sheet.write_string(row, 0, writable(guarded(text)), styles.soft)
        sheet.set_row(row, 16 * (1 + len(text) // 55))
        row += 1
    row += 1
    if part.table:
        for place, head in enumerate(part.table.heads):
            sheet.write_string(row, place, writable(guarded(head)), styles.head)
        for cells in part.table.rows:
            row += 1
            for place, cell in enumerate(cells):
                _write(sheet, styles, row, place, cell)
        row += 2
    if part.chart:
        _chart(book, styles, sheet, name, part.chart, row)


def _write(sheet: Any, styles: _Styles, row: int, place: int, cell: Cell) -> None:
    if cell.number is None:
        sheet.write_string(row, place, writable(guarded(cell.text)), styles.text)
    else:
        sheet.write_number(row, place, cell.number, styles.number(cell.places))


def _chart(book: Any, styles: _Styles, sheet: Any, name: str, chart: Bars | Lines, row: int) -> None:
    """The chart's figures as a table, and the chart that reads them."""
    sheet.write_string(row, 0, writable(guarded(chart.unit)), styles.head)
    for place, one in enumerate(chart.series, start=1):
        sheet.write_string(row, place, writable(guarded(one.name)), styles.head)
    last = row + len(chart.labels)
    for number, label in enumerate(chart.labels):
        sheet.write_string(row + 1 + number, 0, writable(guarded(label)), styles.text)
        for place, one in enumerate(chart.series, start=1):
            if one.values[number].number is not None:
                _write(sheet, styles, row + 1 + number, place, one.values[number])
    drawn = book.add_chart({"type": "bar" if chart.kind == "bars" else "line"})
    for place, colour in zip(range(1, len(chart.series) + 1), SERIES, strict=False):
        paint = {"fill": {"color": colour}} if chart.kind == "bars" else {"line": {"color": colour}}
        drawn.add_series(
            {
                "name": [name, row, place],
                "categories": [name, row + 1, 0, last, 0],
                "values": [name, row + 1, place, last, place],
                **paint,
            }
        )
    drawn.set_title({"none": True})
    drawn.set_legend({"position": "bottom"})
    drawn.set_y_axis({"reverse": chart.kind == "bars", "name": "" if chart.kind == "bars" else chart.unit})
    drawn.set_x_axis({"name": chart.unit if chart.kind == "bars" else "", "min": 0 if chart.kind == "bars" else None})
    drawn.set_size({"width": 820, "height": max(320, 34 * len(chart.labels)) if chart.kind == "bars" else 320})
    sheet.insert_chart(last + 1, 0, drawn, CHART)


def _own_name(title: str, names: set[str]) -> str:
    """A sheet's name that no other sheet of the workbook has, by Excel's own way of comparing."""
    plain = name = sheet_name(title)
    number = 2
    while name.casefold() in names:
        tail = f" {number}"
        name, number = plain[: 31 - len(tail)] + tail, number + 1
    names.add(name.casefold())
    return name
