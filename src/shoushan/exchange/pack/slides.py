"""A pack as slides: native tables and a native chart, which the meeting may still edit."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from shoushan.exchange.pack.shape import Pack, Table

FACE = "Noto Sans CJK SC"
WIDTH, HEIGHT, MARGIN = Cm(33.867), Cm(19.05), Cm(1.5)
ROWS, SMALL, LARGE = 9, Pt(12), Pt(26)
BLANK = 6  # the layout without placeholders


def pack_pptx(pack: Pack) -> bytes:
    """The first slide answers; then each table, some rows a slide, and the bars."""
    slides: Any = Presentation()
    slides.slide_width, slides.slide_height = WIDTH, HEIGHT
    first = _slide(slides, pack.title)
    _text(first, pack.answer, top=Cm(6), size=LARGE)
    for table in pack.tables:
        rows = table.rows or [[table.empty, *[""] * (len(table.heads) - 1)]]
        for start in range(0, len(rows), ROWS):
            _table(_slide(slides, table.title), table, rows[start : start + ROWS])
    if pack.bars:
        _bars(_slide(slides, pack.bars_title), pack)
    held = io.BytesIO()
    slides.save(held)
    return held.getvalue()


def _slide(slides: Any, title: str) -> Any:
    slide = slides.slides.add_slide(slides.slide_layouts[BLANK])
    _text(slide, title, top=Cm(0.8), size=LARGE)
    return slide


def _text(slide: Any, words: str, *, top: Any, size: Any) -> None:
    frame = slide.shapes.add_textbox(MARGIN, top, WIDTH - 2 * MARGIN, Cm(2)).text_frame
    frame.word_wrap = True
    _say(frame, words, size)


def _say(frame: Any, words: str, size: Any) -> None:
    """Words in one face, Chinese and Latin alike."""
    frame.text = words
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.size, run.font.name = size, FACE
            face = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": FACE})
            run._r.get_or_add_rPr().append(face)


def _table(slide: Any, table: Table, rows: list[list[str]]) -> None:
    place = (MARGIN, Cm(3), WIDTH - 2 * MARGIN, Cm(1.2) * (len(rows) + 1))
    grid = slide.shapes.add_table(len(rows) + 1, len(table.heads), *place).table
    for row, cells in enumerate([table.heads, *rows]):
        for column, words in enumerate(cells):
            _say(grid.cell(row, column).text_frame, words, SMALL)


def _bars(slide: Any, pack: Pack) -> None:
    data: Any = CategoryChartData(number_format="0.0%")  # type: ignore[no-untyped-call]
    data.categories = [bar.label for bar in pack.bars]
    data.add_series(pack.done, [bar.done for bar in pack.bars])
    data.add_series(pack.due, [bar.due for bar in pack.bars])
    place = (MARGIN, Cm(2.8), WIDTH - 2 * MARGIN, HEIGHT - Cm(3.6))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.font.size = SMALL
