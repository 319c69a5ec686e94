"""An official paper after GB/T 9704 as PDF and as a text document: a title, facts, sections, and who stands for it.

Both are printed from the same `Official`; what people wrote is data in either.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from shoushan.exchange.paper import document_pdf


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it; an empty heading is left out."""

    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Official:
    """One paper: ``state_words`` stand across it while it is a draft."""

    title: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    closing: Sequence[str] = ()
    state_words: str = ""
    language: str = "zh-hans"
    on: date = date(2000, 1, 1)


def official_pdf(paper: Official) -> bytes:
    """The same paper gives the same bytes."""
    return document_pdf("official", {**asdict(paper), "on": paper.on.isoformat()})


def official_docx(paper: Official) -> bytes:
    """The same paper as a document that can be worked on; a draft says so in its first line."""
    import docx  # on demand: pages start without it
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = docx.Document()
    own = made.core_properties
    own.title, own.author = paper.title, ""
    own.created = own.modified = datetime.combine(paper.on, time())
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    body = made.styles["Normal"]
    body.font.name, body.font.size = BODY_FACE, Pt(16)
    body.element.rPr.rFonts.set(qn("w:eastAsia"), BODY_FACE)
    body.paragraph_format.line_spacing, body.paragraph_format.space_after = Pt(29), Pt(0)

    def line(text: str, face: str = "", size: float = 16, *, indent: bool = True) -> Any:
        paragraph = made.add_paragraph()
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        if face:
            run.font.name = face
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        return paragraph

    if paper.state_words:
        line(paper.state_words, HEAD_FACE, 14, indent=False)
    line(paper.title, HEAD_FACE, 22, indent=False).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, text in paper.facts:
        line(f"{label}\u3000{text}", indent=False)
    for section in paper.sections:
        if section.heading:
            line(section.heading, HEAD_FACE)
        for paragraph in section.paragraphs:
            line(paragraph)
    for text in paper.closing:
        line(text, indent=False).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


BODY_FACE, HEAD_FACE = "仿宋", "黑体"  # han: typefaces' names
