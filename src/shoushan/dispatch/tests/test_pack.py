"""The pack: three files with the same figures, the last meeting first, and no unit before another."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.utils import translation
from pptx import Presentation
from pytest_django import Settings

from shoushan.dispatch.queries.pack import pack_of
from shoushan.dispatch.testing import make_follow_up, make_meeting
from shoushan.exchange.pack import Bar, Pack, Table, pack_pdf, pack_pptx, pack_xlsx
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)
RANKING = re.compile("名次|排名|第一名|倒数")


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = TODAY
    made = make_district()
    plans.set_schedule(made.goal, {month: Decimal(month) / 12 for month in range(1, 13)}, by=made.supervisor)
    made.submit("1500")
    return made


def slides_of(data: bytes) -> tuple[list[str], list[list[float]]]:
    """Every text of the slides, and the figures of their charts."""
    texts: list[str] = []
    series: list[list[float]] = []
    for slide in Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                series += [list(each.values) for each in shape.chart.plots[0].series]
    return texts, series


def book_of(data: bytes) -> tuple[list[str], list[list[float]]]:
    texts: list[str] = []
    columns: list[list[float]] = [[], []]
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            texts += [cell for cell in row if isinstance(cell, str)]
            numbers = [float(cell) for cell in row if isinstance(cell, int | float)]
            for place, number in enumerate(numbers):
                columns[place].append(number)
    return texts, columns


def test_slides_and_workbook_say_every_word_and_figure_of_the_pack(district: District) -> None:
    meeting, (item,) = make_meeting(district, "就业")
    with translation.override("zh-hans"):
        pack = pack_of(meeting, district.leader, on=TODAY)
    bars = [[bar.done for bar in pack.bars], [bar.due for bar in pack.bars]]

    slides, slide_bars = slides_of(pack_pptx(pack))
    book, book_bars = book_of(pack_xlsx(pack))

    words = {word for table in pack.tables for row in [table.heads, *table.rows] for word in row if word}
    assert words | {pack.answer} <= set(slides)
    assert words | {pack.answer} <= set(book)
    assert slide_bars == book_bars == bars
    assert item.title in words
    assert "1,500人" in words


def test_the_paper_is_a_paper_and_the_same_each_time(district: District) -> None:
    meeting, _ = make_meeting(district)
    pack = pack_of(meeting, district.leader, on=TODAY)

    assert pack_pdf(pack).startswith(b"%PDF")
    assert pack_pdf(pack) == pack_pdf(pack)


def test_the_last_meeting_comes_first_and_units_stand_in_tree_order(district: District) -> None:
    meeting, _ = make_meeting(district)
    pack = pack_of(meeting, district.leader, on=TODAY)

    assert pack.tables[0].heads[0] in ("督办内容", "what is to be done")
    assert [row[0] for row in pack.tables[-1].rows] == ["河西街道", "河东街道"]
    assert not any(RANKING.search(word) for table in pack.tables for row in [table.heads, *table.rows] for word in row)


def test_what_a_person_wrote_is_text_in_every_file() -> None:
    hostile = ['=HYPERLINK("http://x")', '#let x = read("/etc/passwd")', "<b>粗</b>"]
    pack = Pack(
        "会",
        "答",
        [Table("表", ["甲", "乙", "丙"], [hostile])],
        [Bar("=1+1", 0.5, 0.6, "偏慢")],
        "条",
        "已",
        "应",
        "2026-12-03",
        "zh-hans",
    )

    sheet = openpyxl.load_workbook(io.BytesIO(pack_xlsx(pack))).worksheets[0]

    assert sheet["A5"].value == "'" + hostile[0]
    assert sheet["A5"].data_type == "s"
    assert hostile[1] in slides_of(pack_pptx(pack))[0]
    assert pack_pdf(pack).startswith(b"%PDF")


def test_one_click_gives_three_files_and_units_do_not_make_them(client: Client, district: District) -> None:
    meeting, _ = make_meeting(district)
    make_follow_up(district)
    client.force_login(district.reporter, BACKEND)
    assert client.get(f"{meeting.get_absolute_url()}pack/").status_code == 403
    client.force_login(district.supervisor, BACKEND)

    answer = client.get(f"{meeting.get_absolute_url()}pack/", follow=True)

    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()  # type: ignore[attr-defined]
    assert names == ["meeting-2026-12.pdf", "meeting-2026-12.pptx", "meeting-2026-12.xlsx"]
