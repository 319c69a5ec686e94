"""The yearly report as a text document, to be worked on and sealed: A4 with the margins of an official paper."""

from __future__ import annotations

import io
from datetime import datetime

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shoushan.lines.licensing.queries import COLUMNS, Report, Row

# GB/T 9704: 3号仿宋, 37 mm above and 28 mm at the binding; the table lies across
BODY, SMALL = Pt(16), Pt(10.5)
FACE = "仿宋"  # han: a typeface's name


def report_docx(report: Report, heading: str) -> bytes:
    """The same figures as on the page."""
    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = datetime(report.year, 12, 31)  # noqa: DTZ001 - a day
    made.core_properties.title, made.core_properties.author = heading, ""
    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.top_margin, page.left_margin, page.right_margin = Mm(37), Mm(28), Mm(26)
    body = made.styles["Normal"]
    body.font.name, body.font.size = FACE, BODY
    body.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    made.add_paragraph(heading)
    for label, rows in ((_("authority"), report.by_authority), (_("permit item"), report.by_item)):
        made.add_paragraph("")
        _table(made, label, [*rows, Row(_("together"), report.total.counts)])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _table(made: docx.document.Document, label: str, rows: list[Row]) -> None:
    table = made.add_table(rows=0, cols=1 + len(COLUMNS), style="Table Grid")
    for line in (
        [label, *map(str, COLUMNS.values())],
        *([row.name, *(str(number) for _label, number in row.cells)] for row in rows),
    ):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size = SMALL
