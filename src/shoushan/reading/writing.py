"""A reading on paper: as lines for the terminal, as CSV, and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import IO

from shoushan.reading.commitment import Commitment

COLUMNS = (
    "kind", "start", "end", "words", "indicator", "value", "unit", "compare", "basis", "deadline", "responsible",
    "why", "section",
)  # fmt: skip
# What a sheet would take for a formula (ASVS 1.2.10).
FORMULA = tuple("=+-@\t\r\0＝＋－＠")
SIGNS = {
    "at_least": "≥",
    "at_most": "≤",
    "more_than": ">",
    "less_than": "<",
    "about": "≈",
    "never": "=",
    "exactly": "=",
}


def row(found: Commitment) -> list[str | int]:
    """One commitment as the cells of a row."""
    responsible = "、".join(found.responsible)
    return [
        found.kind, *found.at, found.words, found.indicator, _value(found), found.unit, found.compare, found.basis,
        found.deadline or "", responsible, found.why, found.section,
    ]  # fmt: skip


def as_csv(commitments: Sequence[Commitment]) -> str:
    """CSV with a heading; no cell can be taken for a formula."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row(found)] for found in commitments)
    return page.getvalue()


def write_xlsx(commitments: Sequence[Commitment], target: IO[bytes]) -> None:
    """A workbook with one sheet; text stays text."""
    from xlsxwriter import Workbook

    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("reading")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, COLUMNS, bold)
    sheet.freeze_panes(1, 0)
    for number, found in enumerate(commitments, start=1):
        sheet.write_row(number, 0, [_harmless(cell) for cell in row(found)])
    sheet.autofilter(0, 0, len(commitments), len(COLUMNS) - 1)
    sheet.set_column(3, 4, 32)
    book.close()


def lines(commitments: Sequence[Commitment]) -> Iterator[str]:
    """What a document commits to, one line each, for the terminal."""
    for found in commitments:
        measured = ""
        if found.kind == "target":
            measured = f"  {found.indicator} {SIGNS.get(found.compare, '')} {_value(found)} {found.unit}"
        due = f"  → {found.deadline}" if found.deadline else ""
        who = f"  ({'、'.join(found.responsible)})" if found.responsible else ""
        words = " ".join(found.words.split())
        yield f"{found.at[0]:>6}–{found.at[1]:<6} {found.kind:<11} {words}{measured}{due}{who}"


def _value(found: Commitment) -> str:
    return "–".join(found.value) if isinstance(found.value, tuple) else found.value or ""


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
