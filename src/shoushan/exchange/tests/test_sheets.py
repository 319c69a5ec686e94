"""Tables from offices: what can be understood is, what cannot is told with its cell, and nothing good is lost."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoushan.core.errors import Refusal
from shoushan.exchange import foreign, sheets
from shoushan.exchange.sheets import Column
from shoushan.exchange.tests import files

TABLE = [
    Column("title", "项目", required=True, aliases=["项目名称"]),
    Column("funds", "到位资金", kind="decimal", unit="万元"),
    Column("jobs", "人数", kind="integer"),
    Column("signed_on", "签约日期", kind="date"),
    Column("stage", "阶段", kind="choice", choices={"signed": "签约", "started": "开工"}),
]
HEAD = ["项目", "到位资金", "人数", "签约日期", "阶段"]


def read(*rows: Sequence[object]) -> sheets.Reading:
    return sheets.read_table(foreign.read_sheet(files.table(*rows), "a.xlsx"), TABLE)


def codes(reading: sheets.Reading) -> list[tuple[str, str]]:
    return [(fault.cell, fault.code) for fault in reading.faults]


def test_titles_above_and_other_words_in_the_header_are_understood() -> None:
    reading = read(
        ["2026年招商项目表"], ["单位：万元"], [" 项目名称*", "到位资金（万元）", "备注"], ["甲", 5, "x"], [], ["乙", 6]
    )

    assert [(row.number, row.values["title"], row.values["funds"]) for row in reading.rows] == [
        (4, "甲", Decimal(5)),
        (6, "乙", Decimal(6)),
    ]
    assert reading.unknown == ["备注"]
    assert reading.rows[0].values["stage"] is None


def test_the_sheet_whose_header_fits_is_read() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "说明"
    book.create_sheet("数据").append(HEAD)
    book["数据"].append(["甲"])
    made = io.BytesIO()
    book.save(made)

    reading = sheets.read_table(foreign.read_sheet(made.getvalue(), "a.xlsx"), TABLE)

    assert reading.sheet == "数据"
    assert len(reading.rows) == 1


@pytest.mark.parametrize("rows", [[["资金", "街道"], [1, 2]], [["到位资金", "街道"], [1, 2]]])
def test_wrong_headers_are_one_refusal_that_names_them(rows: list[list[object]]) -> None:
    with pytest.raises(Refusal) as caught:
        read(*rows)

    assert caught.value.code == "sheet.headers"
    assert "项目" in str(caught.value)
    assert "街道" in str(caught.value)


def test_an_empty_table_is_said_to_be_empty() -> None:
    with pytest.raises(Refusal) as caught:
        read()

    assert caught.value.code == "sheet.empty"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3,272", "3272"),
        ("３２７２．５", "3272.5"),
        (" 12 ", "12"),
        ("-0.5", "-0.5"),
        ("1.2E3", "1200"),
        ("500万元", "500"),
        (7, "7"),
        (".5", "0.5"),
        ("１，２３４", "1234"),
    ],
)
def test_numbers_as_text_and_full_width_digits_are_numbers(written: object, meant: str) -> None:
    assert read(HEAD, ["甲", written]).rows[0].values["funds"] == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["1,23", "约500", "12..5", "NaN", "1e999", "五百", "500亿元", "9" * 40, "=", "True"]
)
def test_what_is_no_number_is_told_with_its_cell(written: object) -> None:
    assert codes(read(HEAD, ["甲", written])) == [("B2", "cell.number")]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "２０２６年３月５日",
        "20260305",
        46086,
        "46086",
        "2026-03-05 00:00:00",
    ],
)
def test_dates_are_read_in_every_way_they_are_written(written: object) -> None:
    assert read(HEAD, ["甲", None, None, written]).rows[0].values["signed_on"] == date(2026, 3, 5)


@pytest.mark.parametrize("written", ["2026-02-30", "三月", "3月5日", "99999999", 0])
def test_what_is_no_day_is_told(written: object) -> None:
    assert codes(read(HEAD, ["甲", None, None, written])) == [("D2", "cell.date")]


def test_every_fault_of_every_row_is_told_and_good_rows_are_kept() -> None:
    reading = read(HEAD, ["甲", "x", "1.5", "y", "z"], ["乙", 1, 2, "2026-01-02", "开工"], [None, 1])

    assert codes(reading) == [
        ("B2", "cell.number"),
        ("C2", "cell.whole"),
        ("D2", "cell.date"),
        ("E2", "cell.choice"),
        ("A4", "cell.empty"),
    ]
    assert [row.values["stage"] for row in reading.rows] == ["started"]
    assert all(str(fault) for fault in reading.faults)


def test_a_repeated_row_is_told_once_and_read_once() -> None:
    reading = read(HEAD, ["甲", 1], ["甲", "１"], ["乙", 1])

    assert codes(reading) == [("A3", "row.repeated")]
    assert [row.number for row in reading.rows] == [2, 4]


def test_the_same_key_twice_is_told() -> None:
    reading = read(["key", *HEAD], ["7", "甲"], ["7", "乙"])

    assert codes(reading) == [("A3", "row.repeated")]
    assert reading.rows[0].values["key"] == "7"


def test_formulas_and_errors_are_told_and_not_taken() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.write_formula(1, 0, "=cmd|' /C calc'!A0", None, "甲")
        sheet.write_string(2, 0, "乙")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_string(3, 0, "=cmd|' /C calc'!A0")

    reading = sheets.read_table(foreign.read_sheet(files.excel(fill), "a.xlsx"), TABLE)

    assert codes(reading) == [("A2", "cell.formula"), ("B3", "cell.formula")]
    assert reading.rows[0].values["title"] == "=cmd|' /C calc'!A0"


def test_signs_that_turn_the_writing_are_refused() -> None:
    assert codes(read(HEAD, ["甲\u202e乙"])) == [("A2", "cell.characters")]


def test_merged_cells_fill_their_rows() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, HEAD)
        sheet.merge_range(1, 0, 2, 0, "甲")
        sheet.write_number(1, 1, 1)
        sheet.write_number(2, 1, 2)

    reading = sheets.read_table(foreign.read_sheet(files.excel(fill), "a.xlsx"), TABLE)

    assert [(row.values["title"], row.values["funds"]) for row in reading.rows] == [("甲", 1), ("甲", 2)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_goes_out_as_a_formula(start: str) -> None:
    rows = [{"title": f"{start}cmd|' /C calc'!A0", "funds": Decimal("-5")}]

    written = sheets.write_xlsx(TABLE, rows, title="表")
    text = sheets.write_csv(TABLE, rows).decode("utf-8-sig")

    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        assert b"<f>" not in opened.read("xl/worksheets/sheet1.xml")
    sheet = files.opened(written)
    assert sheet["A2"].value.startswith("'")
    assert sheet["B2"].value == -5
    assert text.splitlines()[1].lstrip('"').startswith("'")
    assert ",-5," in text


def test_the_workbook_is_the_same_bytes_every_time_and_hides_its_keys() -> None:
    rows = [{"key": "a1", "title": "甲", "stage": "signed"}]

    first, second = (sheets.write_xlsx(TABLE, rows, title="招商：项目", keyed=True) for _ in range(2))

    assert first == second
    sheet = files.opened(first)
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "A2"
    assert sheet.data_validations.dataValidation[0].formula1 == '"签约,开工"'


def test_long_numbers_lose_no_digit() -> None:
    rows = [{"title": "甲", "funds": Decimal("12345678901234567.89")}]

    assert _again(sheets.write_xlsx(TABLE, rows, title="x"))[0]["funds"] == rows[0]["funds"]


def test_rows_go_back_under_their_own_headers_with_the_reason_beside_each_and_are_read_again() -> None:
    bad = sheets.Returned(["甲", "=1+1", 1], "第2列：不收公式", {1})

    back = sheets.write_returned([("退/回", [["标题"], HEAD], [bad])], title="退回")
    again = foreign.read_sheet(back, "a.xlsx").sheets[0]

    sheet = files.opened(back)
    assert sheet.title == "退 回"
    assert sheet["B3"].value == "'=1+1"
    assert sheet["B3"].fill.fgColor.rgb == "FFFDE7E9"
    assert sheet.cell(3, max(len(HEAD), 3) + 1).value == "第2列：不收公式"
    assert [cell.value for cell in again.rows[1]][: len(HEAD)] == HEAD


def _again(data: bytes, name: str = "a.xlsx") -> list[dict[str, object]]:
    reading = sheets.read_table(foreign.read_sheet(data, name), TABLE)
    assert not reading.faults
    return [row.values for row in reading.rows]


texts = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(bool)
)
rows_of = st.lists(
    st.fixed_dictionaries(
        {
            "title": texts,
            "funds": st.none() | st.decimals(-(10**12), 10**12, places=2),
            "jobs": st.none() | st.integers(-(10**14), 10**14),
            "signed_on": st.none() | st.dates(date(1901, 1, 1), date(2999, 12, 31)),
            "stage": st.none() | st.sampled_from(["signed", "started"]),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: tuple(row.values()),
)


@settings(max_examples=25)
@given(rows_of)
def test_what_was_written_is_read_again_unchanged(rows: list[dict[str, Any]]) -> None:
    keyed = [{"key": str(number), **row} for number, row in enumerate(rows)]

    assert _again(sheets.write_xlsx(TABLE, keyed, title="往返", keyed=True)) == keyed


@settings(max_examples=100)
@given(rows_of)
def test_csv_is_read_again_unchanged_too(rows: list[dict[str, Any]]) -> None:
    assert _again(sheets.write_csv(TABLE, rows), "a.csv") == rows
