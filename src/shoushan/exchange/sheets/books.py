"""Tables out: workbooks and CSV whose texts can never become formulas, made to be read again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from shoushan.exchange.sheets.cells import GUARDED
from shoushan.exchange.sheets.columns import KEY, Column

# ASVS 1.2.10: a text that begins so would be carried out when the file is opened; full-width signs too.
DANGEROUS = re.compile("[=+\\-@\t\r\0＝＋－＠]")  # noqa: RUF001
# with the apostrophe, which guards them
CAREFUL = frozenset("'=+-@\t\r\0＝＋－＠")  # noqa: RUF001
# XML has no place for these.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_TEXT = 32_767
# Excel keeps fifteen digits of a number; longer ones stay whole as text.
MOST_DIGITS = 15
LARGEST = 10**MOST_DIGITS
MOST_VALIDATED_ROWS = 100_000
MOST_CHOICES_TEXT = 255
# The same table gives the same bytes: no file says when it was written, the ledger does.
MADE = datetime(2000, 1, 1)
WIDTHS = {"text": 24, "integer": 12, "decimal": 16, "date": 12, "choice": 14}
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "choice": {"valign": "top", "num_format": "@"},
    "integer": {"valign": "top", "num_format": "#,##0"},
    "decimal": {"valign": "top", "num_format": "#,##0.00####"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd"},
}
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# One after the other: most tools for CSV in the district's offices are Excel, which needs the mark.
CSV_ENCODING = "utf-8-sig"

Shown = str | int | Decimal | datetime


def write_xlsx(
    columns: Iterable[Column], rows: Iterable[Mapping[str, Any]], *, title: str, keyed: bool = False
) -> bytes:
    """A workbook of one sheet; with ``keyed`` each row carries its key in a hidden first column."""
    made = io.BytesIO()
    save_xlsx(made, columns, rows, title=title, keyed=keyed)
    return made.getvalue()


def save_xlsx(
    target: Path | io.BytesIO,
    columns: Iterable[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    title: str,
    keyed: bool = False,
) -> None:
    """The same workbook into a file; rows are written as they come, so that any number of them takes no memory."""
    _book(target, [*([Column(KEY, KEY)] if keyed else []), *columns], rows, title)


def write_csv(columns: Iterable[Column], rows: Iterable[Mapping[str, Any]], *, keyed: bool = False) -> bytes:
    """The same table as CSV, for programs; UTF-8 with its mark, so that Excel reads it rightly."""
    wanted = [*([Column(KEY, KEY)] if keyed else []), *columns]
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow([guarded(column.header) for column in wanted])
    for row in rows:
        table.writerow([_as_text(row.get(column.key), column) for column in wanted])
    return written.getvalue().encode(CSV_ENCODING)


def guarded(text: str) -> str:
    """A text no spreadsheet carries out; reading takes the apostrophe off again."""
    return f"'{text}" if DANGEROUS.match(text) or GUARDED.match(text) else text


def _book(target: Path | io.BytesIO, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], title: str) -> None:
    from xlsxwriter import Workbook  # on demand: pages start without it

    with Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "created": MADE})
        sheet = book.add_worksheet(sheet_name(title))
        styles = [book.add_format(FORMATS[column.kind]) for column in columns]
        _head(book, sheet, columns, styles)
        places = [(place, column.key, _shown(column), styles[place]) for place, column in enumerate(columns)]
        in_numbers, write = sheet.write_number, {str: sheet.write_string, datetime: sheet.write_datetime}
        for number, row in enumerate(rows, start=1):
            for place, key, shown, style in places:
                value = row.get(key)
                if value is not None and value != "":
                    held = shown(value)
                    write.get(type(held), in_numbers)(number, place, held, style)


def _head(book: Any, sheet: Any, columns: Sequence[Column], styles: Sequence[Any]) -> None:
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#EEF1F4"}
    optional, required = book.add_format(head), book.add_format({**head, "bottom": 2})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, column in enumerate(columns):
        width = max(WIDTHS[column.kind], min(2 * len(column.header) + 2, 40))
        sheet.set_column(place, place, width, styles[place], {"hidden": column.key == KEY})
        sheet.write_string(0, place, writable(column.header), required if column.required else optional)
        shown = [guarded(str(choice)) for choice in column.choices.values()]
        if shown and len(",".join(shown)) <= MOST_CHOICES_TEXT and not any("," in choice for choice in shown):
            sheet.data_validation(1, place, MOST_VALIDATED_ROWS, place, {"validate": "list", "source": shown})
        if column.is_checked:
            within = {"validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}
            # a warning, since “12万” is understood when it comes back
            sheet.data_validation(1, place, MOST_VALIDATED_ROWS, place, {**within, "error_type": "warning"})


def _shown(column: Column) -> Callable[[Any], Shown]:
    """What a column's cells show for a value: a number, a day, or a text that is never a formula."""
    named = {value: writable(guarded(str(shown))) for value, shown in column.choices.items()}

    def shown(value: Any) -> Shown:
        if type(value) is str:
            if value in named:
                return named[value]
            # most texts are nothing to be careful about, and are told by what costs least
            careless = value.isprintable() and value[0] not in CAREFUL and len(value) <= MOST_TEXT
            return value if careless else writable(guarded(value))
        if type(value) is int and -LARGEST < value < LARGEST:
            return value
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and _short(value):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        return writable(_as_text(value, column))

    return shown


def _short(value: int | Decimal) -> bool:
    if isinstance(value, int) and abs(value) < LARGEST:
        return True
    number = Decimal(value)
    return number.is_finite() and len(number.normalize().as_tuple().digits) <= MOST_DIGITS


def _as_text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return guarded(str(column.choices.get(value, value) if column.choices else value))


def writable(text: str) -> str:
    """A text without the signs that a workbook has no place for."""
    return UNWRITABLE.sub("", text)[:MOST_TEXT]


def sheet_name(title: str) -> str:
    """A sheet's name; Excel allows 31 characters and some signs not."""
    return re.sub(r"[\[\]:*?/\\']", " ", writable(title)).strip()[:31] or "Sheet1"
