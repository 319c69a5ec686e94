"""A report as slides: native tables and charts, so that an office can change a word or a colour before the meeting."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from shoushan.exchange.reports.shapes import Bars, Cell, Lines, Part, Report, Table, highest

FACE = "Microsoft YaHei"
INK, SOFT, ACT, GROUND = "15212C", "4A5A68", "14517C", "EEF1F4"
SERIES = ("14517C", "8CB3D1", "B37500")
ROWS, CHARACTERS = 9, 1150  # what a slide of a table holds, in rows and in signs
SAID = 420  # signs of running text on a slide
MOST_BARS = 8
# inches on a slide of 16:9
WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.55


def report_pptx(report: Report) -> bytes:
    """A title slide, then each part on as many slides as it needs."""
    from pptx import Presentation  # on demand: pages start without it
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    own = deck.core_properties
    own.title, own.author = report.title, ""
    own.created = own.modified = datetime.combine(report.on, time())
    first = _slide(deck, report.title, report.foot)
    _write(first, [report.note], top=2.2, height=2)
    for part in report.parts:
        _part(deck, part, report.foot)
    held = io.BytesIO()
    deck.save(held)
    return held.getvalue()


def _part(deck: Any, part: Part, foot: str) -> None:
    said = [*part.said, *([part.empty] if part.empty and part.table and not part.table.rows else [])]
    for lines in _folded(said):
        _write(_slide(deck, part.title, foot), lines, top=1.4, height=5.2)
    if part.chart:
        _draw(deck, part.title, foot, part.chart)
    if part.table:
        for rows in _pages(part.table.rows):
            _lay(_slide(deck, part.title, foot), part.table, rows)


def _folded(said: Sequence[str]) -> list[list[str]]:
    """Sentences by slides; one longer than a slide is broken."""
    pieces = [text[at : at + SAID] for text in said for at in range(0, max(len(text), 1), SAID)]
    slides: list[list[str]] = []
    for piece in pieces:
        if slides and sum(map(len, slides[-1])) + len(piece) <= SAID:
            slides[-1].append(piece)
        else:
            slides.append([piece])
    return slides


def _pages(rows: Sequence[Sequence[Cell]]) -> list[list[Sequence[Cell]]]:
    """Rows by slides: few enough, and short enough to be read."""
    pages: list[list[Sequence[Cell]]] = []
    room = 0
    for row in rows:
        long = sum(len(cell.text) for cell in row)
        if not pages or len(pages[-1]) == ROWS or room < long:
            pages.append([])
            room = CHARACTERS
        pages[-1].append(row)
        room -= long
    return pages


def _slide(deck: Any, title: str, foot: str) -> Any:
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[5])  # a title only
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = Inches(EDGE), Inches(0.35), Inches(WIDTH - 2 * EDGE), Inches(0.9)
    _text(head.text_frame, [title], size=26, bold=True)
    box = slide.shapes.add_textbox(Inches(EDGE), Inches(HEIGHT - 0.5), Inches(WIDTH - 2 * EDGE), Inches(0.35))
    _text(box.text_frame, [foot], size=10, colour=SOFT)
    return slide


def _write(slide: Any, lines: Sequence[str], *, top: float, height: float) -> None:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(EDGE), Inches(top), Inches(WIDTH - 2 * EDGE), Inches(height))
    _text(box.text_frame, lines, size=20)


def _lay(slide: Any, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Inches

    wide = WIDTH - 2 * EDGE
    frame = slide.shapes.add_table(
        len(rows) + 1, len(table.heads), Inches(EDGE), Inches(1.4), Inches(wide), Inches(0.4 * (len(rows) + 1))
    )
    grid = frame.table
    for column, width in enumerate(table.widths):
        grid.columns[column].width = Inches(wide * width / sum(table.widths))
    for column, head in enumerate(table.heads):
        _cell(grid.cell(0, column), head, bold=True, ground=GROUND)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            align = PP_ALIGN.RIGHT if cell.number is not None else None
            _cell(grid.cell(number, column), cell.text, align=align)


def _cell(cell: Any, text: str, *, bold: bool = False, ground: str = "FFFFFF", align: Any = None) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Inches

    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(ground)
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    _text(cell.text_frame, [text], size=12, bold=bold, align=align)


def _text(
    frame: Any, lines: Sequence[str], *, size: int, bold: bool = False, colour: str = INK, align: Any = None
) -> None:
    """Texts in our face; 中文 needs its own face beside the Latin one."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align or PP_ALIGN.LEFT
        paragraph.space_after = Pt(size / 3)
        run = paragraph.add_run()
        run.text = _printable(line)
        font = run.font
        font.size, font.bold, font.name = Pt(size), bold, FACE
        font.color.rgb = RGBColor.from_string(colour)
        east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": FACE})
        run._r.get_or_add_rPr().append(east)


def _draw(deck: Any, title: str, foot: str, chart: Bars | Lines) -> None:
    """A chart that can be edited; many bars go on several slides of the same scale."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    step = MOST_BARS if chart.kind == "bars" else max(len(chart.labels), 1)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if chart.kind == "bars" else XL_CHART_TYPE.LINE_MARKERS
    for at in range(0, len(chart.labels), step):
        told = CategoryChartData(number_format="General")
        told.categories = [_printable(label) for label in chart.labels[at : at + step]]
        for one in chart.series:
            told.add_series(_printable(one.name), [_number(cell) for cell in one.values[at : at + step]])
        slide = _slide(deck, title, foot)
        frame = slide.shapes.add_chart(
            kind, Inches(EDGE), Inches(1.3), Inches(WIDTH - 2 * EDGE), Inches(HEIGHT - 2), told
        )
        _styled(frame.chart, chart, float(highest(chart.series)))


def _number(cell: Cell) -> float | None:
    return None if cell.number is None else float(cell.number)


def _styled(drawn: Any, chart: Bars | Lines, top: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.font.size, drawn.font.name = Pt(12), FACE
    drawn.value_axis.minimum_scale = 0
    drawn.value_axis.has_title = True
    drawn.value_axis.axis_title.text_frame.text = chart.unit
    if chart.kind == "bars":
        drawn.category_axis.reverse_order = True  # the first on top
        drawn.value_axis.maximum_scale = max(top, 100.0)
        drawn.plots[0].gap_width, drawn.plots[0].overlap = 60, 0
    for one, colour in zip(drawn.plots[0].series, SERIES, strict=False):
        paint = one.format.fill if chart.kind == "bars" else one.format.line
        if chart.kind == "bars":
            paint.solid()
            paint.fore_color.rgb = RGBColor.from_string(colour)
        else:
            paint.color.rgb = RGBColor.from_string(colour)
            one.smooth = False


def _printable(text: str) -> str:
    """Without the signs that XML has no place for; a line stays a line."""
    return "".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff").replace("\ufffe", "")
