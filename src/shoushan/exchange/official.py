"""A text in official layout (GB/T 9704), as a Word document to be worked on and as a paper: the same words in both.

text = Official("…纪要", ["…"], [Part("…", ["…"])], ["…"], on="2026-12-08", language="zh-hans")
official_docx(text), official_pdf(text)
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shoushan.exchange.document import BODY, FACE
from shoushan.exchange.paper import document_pdf

# 3号 black type for headings, 2号 for the title; two characters in
HEADING, TITLE, INDENT = "黑体", Pt(22), Pt(32)  # han: a typeface's name


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (its number is part of its words) and the paragraphs under it."""

    heading: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class Official:
    """A title, paragraphs before the first heading, parts, and the lines at the end on the right."""

    title: str
    opening: list[str]
    parts: list[Part]
    closing: list[str]
    on: str
    language: str


def official_pdf(text: Official) -> bytes:
    """On A4, type area 156 × 225 mm; the same text gives the same bytes."""
    return document_pdf("official", asdict(text))


def official_docx(text: Official) -> bytes:
    """The same text gives the same document."""
    made = docx.Document()
    own = made.core_properties
    own.title, own.author = text.title, ""
    own.created = own.modified = datetime.combine(date.fromisoformat(text.on), time())
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    _paragraph(made, text.title, size=TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    for words in text.opening:
        _paragraph(made, words, indent=True)
    for part in text.parts:
        _paragraph(made, part.heading, face=HEADING, indent=True)
        for words in part.paragraphs:
            _paragraph(made, words, indent=True)
    for words in text.closing:
        _paragraph(made, words, align=WD_ALIGN_PARAGRAPH.RIGHT)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _paragraph(
    made: docx.document.Document,
    words: str,
    *,
    face: str = FACE,
    size: Pt = BODY,
    indent: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    paragraph = made.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = INDENT if indent else None
    run = paragraph.add_run(words)
    run.font.name, run.font.size = face, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
