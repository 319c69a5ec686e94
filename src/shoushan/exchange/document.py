"""Tables with a heading as a text document, to be worked on and sealed: A4 across, an official paper's margins."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

# GB/T 9704: 3号仿宋, 37 mm above and 28 mm at the binding
BODY, SMALL = Pt(16), Pt(10.5)
FACE = "仿宋"  # han: a typeface's name

Table = Sequence[Sequence[str]]


def tables_docx(heading: str, tables: Iterable[Table], on: date) -> bytes:
    """A heading and, under it, each table with its header row first; the same figures give the same document."""
    made = docx.Document()
    own = made.core_properties
    own.title, own.author = heading, ""
    own.created = own.modified = datetime.combine(on, time())
    page = made.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.top_margin, page.left_margin, page.right_margin = Mm(37), Mm(28), Mm(26)
    body = made.styles["Normal"]
    body.font.name, body.font.size = FACE, BODY
    body.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    made.add_paragraph(heading)
    for rows in tables:
        made.add_paragraph("")
        table = made.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(text).font.size = SMALL
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
