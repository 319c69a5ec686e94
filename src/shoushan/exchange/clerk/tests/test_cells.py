"""One cell: what a careful clerk reads in it, refuses, or asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shoushan.exchange.clerk.cells import Reading
from shoushan.exchange.clerk.codes import check_digit
from shoushan.exchange.clerk.days import Period, period_of
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.money import header_unit, title_unit
from shoushan.exchange.clerk.readers import Setting, reader_of
from shoushan.exchange.clerk.result import plain_value
from shoushan.exchange.clerk.tests.books import UNITS
from shoushan.exchange.clerk.units import Directory

ON = date(2026, 6, 30)
SETTING = Setting(Period(2026, ON), Directory(UNITS, ON))
CODE = "91329901MALXAGPH1"


def reading(kind: str, value: Any, header: str = "", **field: Any) -> Reading:
    return reader_of(FieldIntake(kind=kind, **field), header, SETTING)(value, False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        (2600, "26000000"),
        ("680", "6800000"),
        ("１，２００", "12000000"),
        (" 3500 ", "35000000"),
        ("1.2亿", "120000000"),
        ("680万元", "6800000"),
        ("5百万元", "5000000"),
        ("3500①", "35000000"),
        ("三千万元", "30000000"),
        ("1亿2千万", "120000000"),
        ("3500元", "3500"),
        ("2600（含设备）", "26000000"),
        ("12万元整", "120000"),
        ("0.3亿元人民币", "30000000"),
    ],
)
def test_money_is_in_the_unit_of_the_cell_or_else_of_the_header(written: Any, yuan: str) -> None:
    assert plain_value(reading("money", written, "投资额（万元）").value) == yuan


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("500万美元", 5_000_000, "USD"),
        ("HK$3000万", 30_000_000, "HKD"),
        ("USD 500万", 5_000_000, "USD"),
        ("3亿日元", 300_000_000, "JPY"),
    ],
)
def test_foreign_money_is_never_converted(written: str, amount: int, currency: str) -> None:
    found = reading("money", written, "投资额（万元）", currency="currency")

    assert found.value == amount
    assert found.more == {"currency": currency}


@pytest.mark.parametrize("written", ["约两三千万", "面议", "1000-2000", "1,80", "若干"])
def test_what_is_no_single_figure_is_refused(written: str) -> None:
    assert reading("money", written, "投资额（万元）").fault == "bad_number"


def test_money_without_a_unit_anywhere_is_asked_about() -> None:
    found = reading("money", 3, "注册资本")

    assert found.ask == "money_unit"
    assert found.options == (("元", "3元"), ("万元", "3万元"))
    assert reading("money", 0, "注册资本").value == 0


def test_an_estimate_is_asked_about() -> None:
    assert reading("money", "约5000", "资金（元）").ask == "approximate"


def test_the_unit_of_money_is_found_in_headers_and_titles() -> None:
    assert str(header_unit("总投资（单位：亿元）")) == str(header_unit("总投资亿元"))
    assert header_unit("单元") is None
    assert title_unit("填报单位：区投资促进局　　截至2026年6月30日　　单位：万元") == header_unit("（万元）")
    assert title_unit("填报单位：区财政局") is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026.2.20", "2026-02-20"),
        ("2026/1/8", "2026-01-08"),
        ("2026年4月24日", "2026-04-24"),
        (20260203, "2026-02-03"),
        ("20260404", "2026-04-04"),
        ("２０２６－０５－２３", "2026-05-23"),
        (" 2026-5-15 ", "2026-05-15"),
        ("6月3日", "2026-06-03"),
        ("10.8", "2026-10-08"),
        (46158, "2026-05-16"),
        ("2026年1月", "2026-01"),
        ("4月上旬", "2026-04-01/2026-04-10"),
        ("2月下旬", "2026-02-21/2026-02-28"),
        ("2026-1-3 00:00", "2026-01-03"),
        ("二〇二六年三月五日", "2026-03-05"),
        ("26.3.5", "2026-03-05"),
        ("5月1日至5月3日", "2026-05-01/2026-05-03"),
        (date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_dates_in_every_form(written: Any, kept: str) -> None:
    assert plain_value(reading("date", written).value) == kept


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2026.2.30", "no_such_day"),
        ("2月29日", "no_such_day"),
        ("2026.13.5", "no_such_day"),
        ("10.32", "no_such_day"),
        ("0000-00-00", "no_such_day"),
        ("春节后", "bad_date"),
        ("待定", "bad_date"),
        ("去年冬天", "bad_date"),
        ("当月", "bad_date"),
        ("9月5日前", "deadline"),
        (Decimal("6.1"), "unclear_day"),
        (2026, "bad_date"),
    ],
)
def test_what_is_no_date(written: Any, fault: str) -> None:
    assert reading("date", written).fault == fault


def test_a_plan_is_no_fact_but_a_deadline_may_lie_ahead() -> None:
    assert reading("date", "预计8月").ask == "planned_not_fact"
    assert reading("date", "预计8月", plan=True).value == "2026-08"
    assert reading("date", "9月5日前", plan=True).value == date(2026, 9, 5)
    assert reading("date", "2027.1.8", within_period=True).fault == "after_period"


def test_serial_numbers_count_from_the_workbook_s_own_first_day() -> None:
    setting = Setting(SETTING.period, SETTING.directory, date1904=True)

    assert reader_of(FieldIntake(kind="date"), "", setting)(44628, False).value == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("titles", "period"),
    [
        (["首善区2026年上半年名单"], (2026, date(2026, 6, 30))),
        (["台账", "截至2026年8月31日"], (2026, date(2026, 8, 31))),
        (["标准（2025年版）", "2026年10月"], (2026, date(2026, 10, 31))),
        (["二〇二六年春季"], (2026, date(2026, 12, 31))),
        (["进度表（2026年1—5月）"], (2026, date(2026, 5, 31))),
        (["台账"], (2024, None)),
    ],
)
def test_the_period_comes_from_the_title(titles: list[str], period: tuple[int, date | None]) -> None:
    assert period_of(titles, 2024) == period


@pytest.mark.parametrize(
    "written", ["河西", "河西街道办事处", "区河西街道办", "河西 街道", "首善区河西街道", "河西街道办事处\n（城建科）"]
)
def test_a_unit_is_known_by_any_of_its_names(written: str) -> None:
    assert reading("unit", written).value == "河西街道"


def test_units_that_are_unclear_closed_or_unknown() -> None:
    assert [label for label, _ in reading("unit", "城北").options] == ["城北物流园", "城北街道"]
    assert reading("unit", "城北街").value == "城北街道"
    assert reading("unit", "招商局").value == "投资促进局"
    assert reading("unit", "建设局").ask == "unit_closed"
    assert reading("unit", "区老龄办").fault == "unknown_unit"
    assert reading("unit", "河西、城北街道交界").ask == "unit_ambiguous"


@pytest.mark.parametrize(
    "written",
    [
        "河西街道60%\n住建局40%",
        "河西60%住建局40%",
        "河西六成、住建局四成",
        "河西、住建局（6:4）",
        "河西街道占60%，住建局占40%",
    ],
)
def test_shares_of_several_units(written: str) -> None:
    assert reading("split", written).value == "河西街道=0.6;住建局=0.4"


def test_several_units_without_shares_are_asked_about() -> None:
    assert reading("split", "河西、住建局").ask == "share_split"
    assert reading("split", "河西60%、住建局30%").ask == "share_split"
    assert reading("split", "河西、住建局各半").value == "河西街道=0.5;住建局=0.5"


def test_a_list_of_units_is_a_set_of_names() -> None:
    assert reading("units", "城管局\n河西 街道").value == "城管局;河西街道"
    assert reading("units", "住房和城乡建设局和城管局").value == "住建局;城管局"
    assert reading("units", "住建局、张三").fault == "unknown_unit"
    assert reading("units", "住建局、张三", strangers=True).value == "住建局;张三"


@pytest.mark.parametrize(
    ("kind", "header", "written", "value"),
    [
        ("count", "户数", "320户", "320"),
        ("count", "人数", "80（含执法40）", "80"),
        ("count", "任务（株）", "0.42万", "4200"),
        ("area", "面积", "３６ 亩", "36 亩"),
        ("area", "面积", "0.33hm²", "0.33 公顷"),
        ("area", "面积（亩）", 12, "12 亩"),
        ("area", "面积", "1.2万㎡", "12000 平方米"),
        ("length", "长度（米）", "3.8公里", "3800"),
        ("length", "长度", "500m", "500"),
        ("days", "时限", "20+10", "30"),
        ("days", "时限", "二十", "20"),
        ("share", "率", "85％", "0.85"),
        ("share", "率", "9成", "0.9"),
        ("share", "率", "百分之八十五", "0.85"),
        ("decimal", "得分", "23.5分", "23.5"),
        ("number", "编号", 20260007, "20260007"),
    ],
)
def test_amounts_with_their_units(kind: str, header: str, written: Any, value: str) -> None:
    assert plain_value(reading(kind, written, header).value) == value


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        ("count", "三百多户", "bad_number"),
        ("count", "300余户", "bad_number"),
        ("count", "12.5", "bad_number"),
        ("area", 12, "area_unit"),
        ("days", "3个月", "limit_unit"),
        ("days", "不限", "bad_number"),
        ("share", "105%", "out_of_range"),
        ("number", Decimal("2.0260615000053E+17"), "lost_digits"),
        ("code", 913299011234567800, "lost_digits"),
        ("currency", "贝壳", "bad_choice"),
    ],
)
def test_amounts_that_cannot_be_taken_as_they_are(kind: str, written: Any, said: str) -> None:
    found = reading(kind, written, most=1 if kind == "share" else None)

    assert said in (found.fault, found.ask)


PARTS = {
    "area": {"count": "count", "area": "area"},
    "money": {"count": "leads", "money": "amount"},
    "detail": {"count": "count", "detail": "detail"},
    "sites": {"count": "task", "sites": "sites"},
}


@pytest.mark.parametrize(
    ("parts", "written", "found"),
    [
        ("area", "4处，共221平方米", {"count": 4, "area": "221 平方米"}),
        ("area", "1处/19m²", {"count": 1, "area": "19 平方米"}),
        ("area", "2（只）", {"count": 2}),
        ("area", "9处221㎡", {"count": 9, "area": "221 平方米"}),
        ("money", "2个，共350万", {"leads": 2, "amount": 3_500_000}),
        ("money", "1个（80万）", {"leads": 1, "amount": 800_000}),
        ("detail", "3处（电气2，消防1）", {"count": 3, "detail": "电气=2;消防=1"}),
        ("detail", "5处，已改3处", {"count": 5, "detail": "已改=3"}),
        ("sites", "3处，共8000株", {"sites": 3, "task": 8000}),
    ],
)
def test_several_quantities_in_one_cell(parts: str, written: str, found: dict[str, Any]) -> None:
    assert reading("quantities", written, parts=PARTS[parts]).more == found


def test_a_code_needs_its_check_digit() -> None:
    code = CODE + check_digit(CODE)

    assert reading("code", f" {code.lower()} ").value == code
    assert reading("code", f'="{code}"').value == code
    assert reading("code", CODE).fault == "code_length"
    assert reading("code", CODE + ("0" if code[-1] != "0" else "1")).fault == "code_check"


def test_long_hostile_texts_take_no_time() -> None:
    for sign in ("*", "1:", "(", " ", "1,", "一", "①", "m2", "河西、"):
        for kind in (
            "text",
            "lines",
            "money",
            "date",
            "unit",
            "split",
            "count",
            "area",
            "share",
            "quantities",
            "days",
            "code",
        ):
            parts = PARTS["area"] if kind == "quantities" else {}
            assert isinstance(reading(kind, sign * 15_000 + "\n尾", parts=parts), Reading)
