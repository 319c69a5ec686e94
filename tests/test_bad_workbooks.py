"""Offices' workbooks as they are, through the page: what goes in, what is asked, what is refused in words."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pytest_django import Settings

from shoushan.lines.investment.line import deals
from shoushan.lines.investment.models import Deal
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND, make_unit
from shoushan.registers.testing import Office, make_office

pytestmark = pytest.mark.django_db
HEAD = ("项目名称", "投资方", "责任单位", "协议额（万元）", "签约时间")
TITLE = ("首善区2026年招商台账",)
Change = Callable[[Any, Any], None]


@pytest.fixture(autouse=True)
def in_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def office(client: Client) -> Office:
    office = make_office(deals)
    make_unit("chengbei", Unit.objects.get(code="d"), "城北街道")
    client.force_login(office.officer, BACKEND)
    return office


def row(name: str, agreed: Any = 500, signed: Any = "2026.3.5", unit: str = "城北街道") -> tuple[Any, ...]:
    return name, f"{name}公司", unit, agreed, signed


def book(*rows: Sequence[Any], change: Change | None = None) -> bytes:
    """A workbook of one sheet; ``change`` merges, hides and what else is done to it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for each in rows:
        sheet.append(list(each))
    if change:
        change(made, sheet)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def uploaded(client: Client, data: bytes) -> str:
    """The address of the preview."""
    return client.post("/investment/import/", {"file": SimpleUploadedFile("台账.xlsx", data)})["Location"]


def brought_in(client: Client, data: bytes) -> tuple[str, str]:
    """What the preview says, and, after its good rows have gone in, what the page says then."""
    place = uploaded(client, data)
    preview = read(client, place)
    client.post(f"{place}enter/")
    return preview, read(client, place)


def read(client: Client, place: str) -> str:
    """A page's words, without its marks."""
    page = client.get(place).content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def entered() -> dict[str, Any]:
    """What stands in the register: each deal's agreed amount in yuan, by name."""
    return dict(Deal.objects.values_list("name", "agreed_yuan"))


def test_two_header_rows_with_merged_cells(office: Office, client: Client) -> None:
    def change(_book: Any, sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"):
            sheet.merge_cells(area)

    above = (*HEAD, "到位资金（万元）", None)
    below = (None, None, None, None, None, "本月", "累计")
    preview, _ = brought_in(client, book(above, below, (*row("甲"), 20, 120), change=change))

    deal = Deal.objects.get()
    assert "到位资金（万元）/本月" in preview
    assert (deal.received_month_yuan, deal.received_yuan) == (200_000, 1_200_000)


def test_a_cell_merged_over_several_rows_counts_for_each(office: Office, client: Client) -> None:
    data = book(HEAD, row("甲"), row("乙", unit=""), change=lambda _book, sheet: sheet.merge_cells("C2:C3"))

    brought_in(client, data)

    assert set(Deal.objects.values_list("name", "unit__name")) == {("甲", "城北街道"), ("乙", "城北街道")}


def test_subtotals_inside_and_totals_below_are_no_records(office: Office, client: Client) -> None:
    rows = (
        TITLE, HEAD, ("一、工业项目（2项）",), row("甲"), row("乙", 400), ("小计", None, None, 900),
        ("二、商贸",), row("丙", 300), ("合 计", None, None, 1200), ("总计", None, None, 1200), ("注：不含房地产。",),
    )  # fmt: skip

    preview, _ = brought_in(client, book(*rows))

    assert entered() == {"甲": 5_000_000, "乙": 4_000_000, "丙": 3_000_000}
    assert "将录入3条" in preview
    assert "8行是标题、合计、说明或空行，已略过" in preview


def test_hidden_sheets_and_columns_are_told_and_never_taken_in_silence(office: Office, client: Client) -> None:
    def change(made: Any, sheet: Any) -> None:
        hidden = made.create_sheet("旧表")
        hidden.append(list(HEAD))
        hidden.append(list(row("藏")))
        hidden.sheet_state = "hidden"
        sheet.column_dimensions["F"].hidden = True

    preview, _ = brought_in(client, book((*HEAD, "备注"), (*row("甲"), "内部"), change=change))

    assert entered() == {"甲": 5_000_000}
    assert list(Deal.objects.values_list("remark", flat=True)) == [""]
    assert "表格中隐藏、因而不取的内容： 旧表; Sheet 备注" in preview


def test_a_workbook_whose_days_count_from_1904(office: Office, client: Client) -> None:
    def change(made: Any, _sheet: Any) -> None:
        made.epoch = CALENDAR_MAC_1904

    brought_in(client, book(HEAD, row("甲", signed=date(2026, 3, 5)), change=change))

    assert list(Deal.objects.values_list("signed_on", flat=True)) == ["2026-03-05"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026年3月5日", "2026-03-05"), ("2026.3.5", "2026-03-05"), ("2026/03/05", "2026-03-05"),
        ("20260305", "2026-03-05"), ("3月5日", "2026-03-05"), ("２０２６－０３－０５", "2026-03-05"),
        ("2026年3月中旬", "2026-03-11/2026-03-20"), ("2026年3月", "2026-03"),
    ],
)  # fmt: skip
def test_days_written_as_text(office: Office, client: Client, written: str, kept: str) -> None:
    brought_in(client, book(TITLE, HEAD, row("甲", signed=written)))

    assert list(Deal.objects.values_list("signed_on", flat=True)) == [kept]


def test_29_february_of_a_year_without_one_is_refused_with_its_cell(office: Office, client: Client) -> None:
    preview, _ = brought_in(client, book(HEAD, row("甲", signed="2026-02-29"), row("乙", signed="2024-02-29")))

    assert set(entered()) == {"乙"}
    assert "E2" in preview
    assert "2026-02-29" in preview


def test_ten_thousand_and_a_hundred_million_mixed_in_one_column_are_asked_about(office: Office, client: Client) -> None:
    head = ("项目名称", "投资方", "责任单位", "协议额", "签约时间")
    rows = (row("甲", "5000万元"), row("乙", "1.2亿元"), row("丙", 3000), row("丁", "3000"))

    place = uploaded(client, book(head, *rows))
    asked = read(client, place)
    question = re.findall(r'name="(q-[^"]+)"', client.get(place).content.decode())[-1]
    client.post(place, {question: "choice-1"})
    answered = read(client, place)
    client.post(f"{place}enter/")

    assert "这些行没有单位：元还是万元？ Sheet 协议额 第4行（D4）应为 第5行（D5）应为" in asked
    assert "个问题待答" not in answered
    assert entered() == {"甲": 50_000_000, "乙": 120_000_000, "丙": 30_000_000, "丁": 30_000_000}


def test_an_amount_whose_unit_nobody_told_is_left_empty(office: Office, client: Client) -> None:
    head = ("项目名称", "投资方", "责任单位", "协议额", "签约时间")

    brought_in(client, book(head, row("甲", "5000万元"), row("乙", 3000)))

    assert entered() == {"甲": 50_000_000, "乙": None}


def test_full_width_digits_are_digits(office: Office, client: Client) -> None:
    brought_in(client, book(HEAD, row("甲", "５００"), row("乙", "１，２００．５")))  # noqa: RUF001

    assert entered() == {"甲": 5_000_000, "乙": 12_005_000}


def test_506_empty_rows_at_the_end_are_nothing(office: Office, client: Client) -> None:
    def change(_book: Any, sheet: Any) -> None:
        for number in range(4, 510):
            sheet.cell(number, 1).value = "  "
            sheet.cell(number, 3).value = ""
            sheet.cell(number, 5).number_format = "yyyy-mm-dd"

    preview, after = brought_in(client, book(HEAD, row("甲"), row("乙"), change=change))

    assert set(entered()) == {"甲", "乙"}
    assert "将录入2条，更改0条，不动0条；0行不收" in preview
    assert "录入2条，更改0条，未变0条，0行没有录入" in after


def test_a_dissolved_unit_in_a_workbook_is_refused_by_its_name(office: Office, client: Client) -> None:
    Unit.objects.filter(code="chengbei").update(to_on=date(2026, 11, 30))

    preview, _ = brought_in(client, book(HEAD, row("甲"), row("乙", unit="hubin")))

    assert set(entered()) == {"乙"}
    assert "“城北街道”已于 2026-11-30 撤销：记给哪一个单位？ Sheet 责任单位 第2行（C2）应为" in preview


def test_more_received_than_agreed_in_a_workbook_is_held_and_asked_about(office: Office, client: Client) -> None:
    preview, _ = brought_in(client, book((*HEAD, "累计到位（万元）"), (*row("甲"), 600), (*row("乙"), 500)))

    assert set(entered()) == {"乙"}
    assert "累计到位 6000000，协议额 5000000：是增资，还是填错？ Sheet 累计到位（万元） 第2行（F2）应为" in preview


def test_days_out_of_order_in_a_workbook_are_held_and_asked_about(office: Office, client: Client) -> None:
    preview, _ = brought_in(client, book((*HEAD, "开工时间"), (*row("甲"), "2026.3.4"), (*row("乙"), "2026.3.5")))

    assert set(entered()) == {"乙"}
    assert "“开工时间”（2026-03-04）早于“签约时间”（2026-03-05）：哪个日期错了？" in preview


def test_what_comes_back_is_mended_and_brought_in_under_the_same_headers(office: Office, client: Client) -> None:
    rows = (TITLE, HEAD, row("甲"), row("乙", "若干", unit="没有的单位"), row("丙", signed="2026-02-29"))
    place = uploaded(client, book(*rows))
    client.post(f"{place}enter/")

    back = openpyxl.load_workbook(io.BytesIO(client.get(f"{place}faults/").getvalue()))
    sheet = back["Sheet"]
    reason = sheet["F3"].value
    marked = [cell.coordinate for cells in sheet.iter_rows() for cell in cells if cell.fill.fill_type == "solid"]
    sheet["C3"], sheet["D3"], sheet["E4"] = "城北街道", 700, "2026-02-28"
    held = io.BytesIO()
    back.save(held)
    brought_in(client, held.getvalue())

    assert [cell.value for cell in sheet[1]][0] == TITLE[0]
    assert "“若干”不是" in reason
    assert "责任单位" in reason
    assert marked == ["C3", "D3", "E4"]
    assert entered() == {"甲": 5_000_000, "乙": 7_000_000, "丙": 5_000_000}


def test_a_row_that_waits_for_an_answer_comes_back_too(office: Office, client: Client) -> None:
    place = uploaded(client, book((*HEAD, "累计到位（万元）"), (*row("甲"), 600), (*row("乙"), 500)))
    client.post(f"{place}enter/")

    back = openpyxl.load_workbook(io.BytesIO(client.get(f"{place}faults/").getvalue()))

    assert [cell.value for cell in back["Sheet"][2]][0] == "甲"
    assert "是增资，还是填错？" in str(back["Sheet"]["G2"].value)


def test_a_column_that_nobody_could_know_is_named_once_on_the_page(office: Office, client: Client) -> None:
    head = ("落户叫什么", *HEAD[1:])
    place = uploaded(client, book(head, row("甲")))
    asked = read(client, place)
    select = re.findall(r'<label for="(m-[^"]+)">落户叫什么', client.get(place).content.decode())[0]
    client.post(place, {select: "project", "remember": "on"})
    client.post(f"{place}enter/")
    brought_in(client, book(head, row("乙")))

    assert "缺少这些列：项目名称。请指定是哪一列" in asked
    assert entered() == {"甲": 5_000_000, "乙": 5_000_000}
