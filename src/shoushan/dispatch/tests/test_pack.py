"""The pack says the same on paper, on slides and in the workbook; what came of the last meeting first; no ranks."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pptx import Presentation
from pypdf import PdfReader
from pytest_django import Settings

from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.models import AgendaItem, Meeting
from shoushan.dispatch.queries.pack import pack_of
from shoushan.dispatch.testing import HELD, at, make_follow_up
from shoushan.exchange.reports import Cell, Report, report_pdf, report_pptx, report_xlsx
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)
HOSTILE = '=HYPERLINK("http://x","y") #panic("x") $a$ *b* @SUM(1+1)'
RANKS = re.compile("名次|排名|排序|位次|rank|first place|top \\d", re.IGNORECASE)
FIGURE = re.compile(r"−?\d[\d,]*(?:\.\d+)?")  # noqa: RUF001


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = TODAY
    made = make_district()
    plans.set_schedule(made.goal, {month: Decimal(month) / 12 for month in range(1, 13)}, by=made.supervisor)
    made.submit("2900")
    return made


@pytest.fixture
def meeting(district: District) -> Meeting:
    by = district.supervisor
    item = actions.Proposed("上次的事", AgendaItem.Rule.BY_HAND)
    november = actions.prepare(district.year, 11, held_on=date(2026, 11, 10), proposed=[item], by=by)
    make_follow_up(district, what=HOSTILE, item=november.items.get())
    now = actions.Proposed(district.goal.title, AgendaItem.Rule.YELLOW_AGAIN, district.goal, district.hexi)
    made = actions.prepare(district.year, 12, held_on=HELD, proposed=[now], by=by)
    actions.state(made.items.get(), district.hexi, HOSTILE, at=at(12, 2), by=district.reporter)
    return made


@pytest.fixture
def report(meeting: Meeting, district: District) -> Report:
    with translation.override("zh-hans"):
        return pack_of(meeting, district.supervisor, on=TODAY)


def is_figure(cell: Cell) -> bool:
    return cell.number is not None


def in_tables(report: Report) -> list[Cell]:
    return [cell for part in report.parts if part.table for row in part.table.rows for cell in row if is_figure(cell)]


def in_charts(report: Report) -> list[Cell]:
    return [c for part in report.parts if part.chart for one in part.chart.series for c in one.values if is_figure(c)]


def numbers(cells: list[Cell]) -> Counter[Decimal]:
    return Counter(cell.number for cell in cells if cell.number is not None)


def test_there_is_something_to_compare(report: Report) -> None:
    assert len(in_tables(report)) > 5
    assert len(in_charts(report)) > 10


def test_the_workbook_holds_every_figure(report: Report) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(report_xlsx(report)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    found = Counter(Decimal(str(cell.value)) for cell in cells if cell.data_type == "n")
    assert found == numbers(in_tables(report) + in_charts(report))
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sum(len(sheet._charts) for sheet in book) == len([part for part in report.parts if part.chart])


def test_the_slides_show_every_figure(report: Report) -> None:
    deck = Presentation(io.BytesIO(report_pptx(report)))

    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    texts = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    printed = Counter(texts)
    assert not Counter(cell.text for cell in in_tables(report)) - printed
    drawn = Counter(
        Decimal(str(value))
        for shape in shapes
        if shape.has_chart
        for series in shape.chart.plots[0].series
        for value in series.values
        if value is not None
    )
    assert drawn == numbers(in_charts(report))


def test_the_paper_shows_every_figure(report: Report) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(report_pdf(report))).pages)

    printed = Counter(FIGURE.findall(text))
    assert not Counter(cell.text for cell in in_tables(report) + in_charts(report)) - printed
    assert '#panic("x")' in text


def test_what_became_of_the_last_decisions_comes_first_everywhere(report: Report) -> None:
    first = "上次会议定的事，办得怎样"

    assert report.parts[0].title == first
    assert first in PdfReader(io.BytesIO(report_pdf(report))).pages[0].extract_text()
    deck = Presentation(io.BytesIO(report_pptx(report)))
    assert deck.slides[1].shapes.title.text == first
    assert openpyxl.load_workbook(io.BytesIO(report_xlsx(report))).sheetnames[0] == first


def test_units_stand_in_tree_order_and_nobody_is_ranked(meeting: Meeting, district: District) -> None:
    with translation.override("zh-hans"):
        report = pack_of(meeting, district.supervisor, on=TODAY)

    carried = [share.unit for share in district.goal.shares.select_related("unit")]
    in_order = [unit.name for unit in sorted(carried, key=lambda unit: str(unit.path))]
    assert [part.title for part in report.parts if part.title in in_order] == in_order
    said = [part.title for part in report.parts] + [h for part in report.parts if part.table for h in part.table.heads]
    assert not [text for text in said if RANKS.search(text)]


def test_it_asks_the_same_questions_however_long_the_agenda(meeting: Meeting, district: District) -> None:
    def questions() -> int:
        pack_of(meeting, district.supervisor, on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            pack_of(meeting, district.supervisor, on=TODAY)
        return len(asked)

    few = questions()
    for number in range(6):
        proposed = actions.Proposed(f"又{number}事", AgendaItem.Rule.RED, district.goal, district.hexi)
        actions.add_item(meeting, proposed, by=district.supervisor)
    assert questions() == few


def test_one_click_gives_three_files_and_units_do_not_make_them(
    client: Client, meeting: Meeting, district: District
) -> None:
    client.force_login(district.reporter, BACKEND)
    assert client.get(f"{meeting.get_absolute_url()}pack/").status_code == 403
    client.force_login(district.supervisor, BACKEND)

    answer = client.get(f"{meeting.get_absolute_url()}pack/", follow=True)

    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()  # type: ignore[attr-defined]
    assert names == ["meeting-2026-12.pdf", "meeting-2026-12.pptx", "meeting-2026-12.xlsx"]
