"""Whole sheets: headers, groups, totals, doubles, colours, ticks, answers, and last month's records."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import PatternFill

from shoushan.core.errors import Refusal
from shoushan.exchange import clerk, foreign
from shoushan.exchange.clerk.tests.books import UNITS, book, faults, intake, questions, read

HEAD = ("序号", "项目名称", "责任单位", "投资额（万元）", "签约时间")
RED = PatternFill("solid", fgColor="FFFF0000")


@pytest.fixture
def deals(tmp_path: Path) -> clerk.Intake:
    return intake(folder=tmp_path)


def merged(*areas: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for area in areas:
            sheet.merge_cells(area)

    return change


def test_titles_groups_totals_notes_and_signatures_are_left_aside(deals: clerk.Intake) -> None:
    given = book(
        ("首善区2026年招商台账",),
        ("填报单位：区招商局　　单位：万元",),
        (*HEAD, "备注"),
        ("甲", "乙", "丙", 1, 2, 3),
        ("", "一、工业项目（2项）", "", 900),
        (1, "甲项目", "河西", 500, "1月5日"),
        (2, "乙项目", "住建局", 400, "2月下旬"),
        ("", "小计", "", 900),
        ("（二）商贸",),
        (3, "丙项目", "城管局", 300, "2026.3"),
        ("合 计", None, None, 1200),
        ("注：不含房地产。",),
        ("填表人：　　审核人：",),
        (4,),
    )

    result = read(given, deals)

    assert [(one.row, one.fields["name"], one.fields["sector"]) for one in result.records] == [
        (6, "甲项目", "工业项目"), (7, "乙项目", "工业项目"), (10, "丙项目", "商贸"),
    ]  # fmt: skip
    assert [one.kind for one in result.ignored] == [
        "title", "unit_line", "header", "number_row", "group", "subtotal", "group", "total", "note", "signature",
        "blank",
    ]  # fmt: skip
    assert result.records[1].fields["signed_on"] == "2026-02-21/2026-02-28"
    assert result.records[0].cells["amount"] == "D6"


def test_a_header_of_two_levels_needs_no_merged_cells(deals: clerk.Intake) -> None:
    rows = (
        ("序号", "项目名称", "责任单位", "完成投资（万元）", None, "等级", None),
        (None, None, None, "本月", "累计", "一级", "二级"),
        (1, "甲", "河西", 5, 20, "√", None),
    )

    for given in (book(*rows), book(*rows, change=merged("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"))):
        record = read(given, deals).records[0]
        assert (record.fields["month"], record.fields["done"], record.fields["grade"]) == (50_000, 200_000, "一级")
    assert [column.header for column in clerk.propose(given, deals).sheets[0].columns][3] == "完成投资（万元）/本月"


def test_the_order_of_columns_does_not_matter(deals: clerk.Intake) -> None:
    given = book(("签约时间", "责任单位", "投资额", "项目名称"), ("2026.1.5", "河西", "3亿", "甲"))

    assert read(given, deals).records[0].fields == {
        "name": "甲", "unit": "河西街道", "amount": 300_000_000, "signed_on": date(2026, 1, 5),
    }  # fmt: skip


def test_all_faults_of_a_row_are_named(deals: clerk.Intake) -> None:
    result = read(book(HEAD, (1, None, "河东", "若干", "2月30日"), (2, "乙", "河西", -5, None)), deals)

    assert faults(result) == [
        ("B2", "required"), ("C2", "unknown_unit"), ("D2", "bad_number"), ("E2", "bad_date"), ("D3", "bad_number"),
    ]  # fmt: skip
    assert result.records == []
    assert "河东" in str(result.refused[1])


def test_formulas_are_never_worked_out(deals: clerk.Intake) -> None:
    given = book(HEAD, (1, "甲", "河西", "=1+1", None), (2, "乙", "河西", "=D2*2", None))

    assert faults(read(given, deals)) == [("D2", "formula_no_value"), ("D3", "formula_no_value")]


def test_a_value_merged_down_counts_for_all_its_rows(deals: clerk.Intake) -> None:
    given = book(HEAD, (1, "甲", "河西", 5, None), (2, "乙", None, 6, None), change=merged("C2:C3"))

    assert [one.fields["unit"] for one in read(given, deals).records] == ["河西街道", "河西街道"]


def test_a_row_entered_twice_is_left_aside_and_one_almost_the_same_is_asked_about(deals: clerk.Intake) -> None:
    row = ("甲新材料项目", "河西", 5, "2026.1.5")
    result = read(
        book(HEAD, (1, *row), (2, *row), (3, "甲新材料（项目）", *row[1:]), (4, "另一名称基地", *row[1:])), deals
    )

    assert ("duplicate", 3) in [(one.kind, one.row) for one in result.ignored]
    assert questions(result) == [("near_duplicate", [2, 4]), ("same_record", [2, 5])]
    assert [one.row for one in result.records] == [2]


def test_more_received_than_agreed_is_held_and_nothing_else_of_the_row_is_asked(deals: clerk.Intake) -> None:
    head = ("项目名称", "责任单位", "投资额（万元）", "完成投资（万元）/累计")
    result = read(book(head, ("甲", "城北", 5, 9), ("乙", "河西", 5, 4)), deals)

    assert questions(result) == [("over_agreed", [2])]
    assert [one.row for one in result.records] == [3]


def test_a_bare_fraction_among_percents_is_asked_about(deals: clerk.Intake) -> None:
    head = ("项目名称", "责任单位", "完成率")
    mixed = book(head, ("甲", "河西", 85), ("乙", "河西", 0.85), ("丙", "河西", "90％"), ("丁", "河西", 70))
    alone = book(head, ("甲", "河西", 0.7), ("乙", "河西", 0.85))

    assert questions(read(mixed, deals)) == [("percent_scale", [3])]
    assert read(mixed, deals).records[1].pending == {"share"}
    assert [one.fields["share"] for one in read(alone, deals).records] == [Decimal("0.7"), Decimal("0.85")]


def test_a_cell_shown_as_percent_is_a_fraction(deals: clerk.Intake) -> None:
    def percent(sheet: Any) -> None:
        sheet["C2"].number_format = "0.0%"

    given = book(("项目名称", "责任单位", "完成率"), ("甲", "河西", 0.85), ("乙", "河西", 60), change=percent)

    assert [one.fields["share"] for one in read(given, deals).records] == [Decimal("0.85"), Decimal("0.6")]


def test_colours_mean_what_the_legend_says_and_are_asked_about_without_one(deals: clerk.Intake) -> None:
    def red(sheet: Any) -> None:
        sheet["B2"].fill = RED

    rows = (HEAD, (1, "甲", "河西", 5, None), (2, "乙", "河西", 6, None))

    plain = read(book(*rows, change=red), deals)
    told = read(book(*rows, ("说明：底色绿色为正常，红色为停滞。",), change=red), deals)

    assert questions(plain) == [("colour_meaning", [2])]
    assert [one.fields.get("light") for one in told.records] == ["红", None]
    assert told.questions == []


def test_ticks(deals: clerk.Intake) -> None:
    head = ("项目名称", "责任单位", "一级", "二级", "三级")
    result = read(
        book(head, ("甲", "河西", "✓", None, None), ("乙", "河西", "√", "√", None), ("丙", "河西", None, "×", None)),
        deals,
    )

    assert [one.fields.get("grade") for one in result.records] == ["一级", None]
    assert faults(result) == [("D3", "two_ticks")]
    assert questions(result) == [("mark_meaning", [4])]


def test_links_hidden_columns_and_hidden_rows(deals: clerk.Intake) -> None:
    def change(sheet: Any) -> None:
        sheet["C2"].hyperlink = "照片/1.jpg"
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[2].hidden = True

    given = book(("项目名称", "责任单位", "照片", "联系电话"), ("甲", "河西", "查看", "略"), change=change)
    result = read(given, deals)

    assert result.records[0].fields["photo"] == "照片/1.jpg"
    assert [(one.column, one.kind) for one in result.ignored_columns] == [("联系电话", "personal")]


def test_answers_are_read_as_if_they_stood_in_the_cell(deals: clerk.Intake) -> None:
    given = book(("项目名称", "责任单位", "投资额"), ("甲", "城北", 3), ("乙", "河西", 5))
    asked = {one.code: one for one in read(given, deals).questions}

    assert asked["money_unit"].rows == [2, 3]
    assert [choice.label for choice in asked["unit_ambiguous"].choices] == ["城北物流园", "城北街道"]
    answers = {
        asked["money_unit"].id: {
            "cells": {str(row): text for row, text in asked["money_unit"].choices[1].cells.items()}
        },
        asked["unit_ambiguous"].id: {"cells": {2: "城北街道"}},
    }
    result = read(given, deals, answers=answers)

    assert result.questions == []
    assert [(one.fields["unit"], one.fields["amount"]) for one in result.records] == [
        ("城北街道", 30_000), ("河西街道", 50_000),
    ]  # fmt: skip


def test_a_held_row_is_accepted_or_left_out(deals: clerk.Intake) -> None:
    given = book((*HEAD, "完成时限"), (1, "甲", "河西", 5, "2026.5.1", "2026.4.1"))
    asked = read(given, deals).questions[0]

    assert (asked.code, asked.hold) == ("date_order", [2])
    assert [one.row for one in read(given, deals, answers={asked.id: "accept"}).records] == [2]
    left = read(given, deals, answers={asked.id: "leave"})
    assert left.records == []
    assert left.questions == []
    assert ("left_out", 2) in [(one.kind, one.row) for one in left.ignored]


def test_a_bare_amount_among_areas_is_asked_about_and_its_answer_read(tmp_path: Path) -> None:
    points = intake(
        """
        line: points
        tables:
          points:
            groups: [kind]
            fields:
              kind: {words: [专项]}
              place: {required: true, words: [点位]}
              count: {kind: quantities, parts: {count: count, area: area}, alike: kind, words: [数量]}
              area: {kind: area, words: [面积]}
        """,
        folder=tmp_path,
    )
    rows = (("（一）违建",), ("甲", "3处，共20㎡"), ("乙", 120), ("（二）养犬",), ("丙", "6只"), ("丁", 4))
    given = book(("点位", "数量"), *rows)

    result = read(given, points)
    asked = result.questions[0]
    answered = read(given, points, answers={asked.id: {"cells": {4: "120平方米"}}})

    assert (asked.code, asked.rows, asked.plan) == ("amount_unit", [4], "count")
    assert [one.fields.get("count") for one in result.records] == [3, None, 6, 4]
    assert answered.records[1].fields["area"] == "120 平方米"


def test_a_layout_is_remembered_by_its_header_texts(deals: clerk.Intake) -> None:
    may = book(("工程", "归口", "投资额（万元）"), ("甲", "河西", 5))
    june = book(("序号", "归口", "行业", "工程", "投资额（万元）"), (1, "住建局", "工业", "乙", 6))
    with pytest.raises(Refusal):
        clerk.propose(may, deals)
    columns = (
        clerk.ColumnLayout("工程", "name"),
        clerk.ColumnLayout("归口", "unit"),
        clerk.ColumnLayout("投资额（万元）", "amount"),
    )
    layout = clerk.Layout((clerk.SheetLayout("表", "deals", columns),))
    again = clerk.Layout.from_json(json.loads(json.dumps(layout.as_json())))

    assert again.fingerprint == layout.fingerprint
    result = clerk.read(june, deals, again, units=UNITS, year=2026)
    assert result.records[0].fields == {"name": "乙", "unit": "住建局", "sector": "工业", "amount": 60_000}


def test_a_workbook_without_our_table_says_what_to_look_for(deals: clerk.Intake) -> None:
    for given in (book(), book(("姓名", "年龄"), ("张三", 5))):
        with pytest.raises(Refusal) as caught:
            clerk.propose(given, deals)
        assert caught.value.code == "clerk.no_table"
        assert "项目名称" in str(caught.value)


def test_a_required_column_that_is_missing_is_named(deals: clerk.Intake) -> None:
    given = book(("项目名称", "投资额（万元）", "签约时间", "备注"), ("甲", 5, None, None))

    with pytest.raises(Refusal) as caught:
        read(given, deals)

    assert caught.value.code == "clerk.column_missing"
    assert "责任单位" in str(caught.value)


def test_empty_rows_at_the_end_and_serial_numbers_without_data(deals: clerk.Intake) -> None:
    rows = [(number, None, None, None, None) for number in range(2, 508)]

    assert len(read(book(HEAD, (1, "甲", "河西", 5, None), *rows), deals).records) == 1


def test_a_csv_row_of_another_width_is_refused(deals: clerk.Intake) -> None:
    text = '项目名称,责任单位,投资额（万元）\r\n="甲",河西,"1,000"\r\n乙,多出,河西,5\r\n=cmd|"x"!A1,住建局,3\r\n'
    given = foreign.read_sheet(text.encode("gb18030"), "a.csv")
    result = read(given, deals)

    assert [(one.fields["name"], one.fields["amount"]) for one in result.records] == [
        ("甲", 10_000_000), ('=cmd|"x"!A1', 30_000),
    ]  # fmt: skip
    assert [(one.row, one.code) for one in result.refused] == [(3, "column_count")]


def test_june_against_may(deals: clerk.Intake) -> None:
    head = ("项目名称", "责任单位", "投资额（万元）", "累计完成投资（万元）", "完成投资（万元）/累计")[:3]
    may = read(book(head, ("甲项目", "河西", 5), ("泰垣商业街项目", "住建局", 8), ("丙项目", "城管局", 9)), deals)
    june = read(
        book(head, ("甲项目", "河西", 6), ("泰垣商业街（一期）项目", "住建局", 8), ("新来的基地", "河西", 1)), deals
    )

    found = clerk.against(may.rows, june, deals)

    assert [(pair.row, pair.previous_row, pair.changed) for pair in found.pairs] == [
        (2, 2, ["amount"]),
        (3, 3, ["name"]),
    ]
    assert [(one.code, one.hold) for one in found.questions] == [("renamed", [3])]
    assert (found.new, found.gone) == ([4], [4])


def test_what_can_only_grow_and_fell_is_asked_about(deals: clerk.Intake) -> None:
    head = (("项目名称", "责任单位", "完成投资（万元）"), (None, None, "累计"))
    may, june = (read(book(*head, ("甲项目", "河西", done)), deals) for done in (9, 7))

    assert [one.code for one in clerk.against(may.rows, june, deals).questions] == ["cumulative_fell"]


def test_an_intake_that_cannot_work_says_why(tmp_path: Path) -> None:
    with pytest.raises(clerk.IntakeError, match="no field “nobody”"):
        intake("line: x\ntables: {t: {fields: {a: {}}, groups: [nobody]}}", folder=tmp_path)
    with pytest.raises(clerk.IntakeError, match="nobody knows how to ask"):
        intake("line: x\ntables: {t: {fields: {a: {missing: hm}}}}", folder=tmp_path)


def test_ten_thousand_rows_name_exactly_the_bad_cells(deals: clerk.Intake) -> None:
    bad = ("河东", "若干", "2月30日", "约两三千万")
    rows: list[tuple[Any, ...]] = [
        (number, f"项目{number}", "河西", number + 1, "2026.1.5") for number in range(10_000)
    ]
    for place in range(300):
        row = list(rows[place * 33])
        kind = bad[place % 4]
        row[{"河东": 2, "2月30日": 4}.get(kind, 3)] = kind
        rows[place * 33] = tuple(row)

    result = read(book(HEAD, *rows), deals)

    assert sorted({one.row for one in result.refused}) == [place * 33 + 2 for place in range(300)]
    assert len(result.refused) == 300
    assert len(result.records) == 9_700
