"""Parts that do not add up are pointed out; those that do are reported as checked."""

from __future__ import annotations

from shoushan.reading import Contradiction, contradictions, read

WHOLE = "今年实施36项重点项目，新建25个，续建{rest}个，其中工业类项目23个、商贸类项目{trade}个。"


def checked(text: str) -> list[Contradiction]:
    return contradictions(text, read(text, year=2026))


def test_two_ways_of_dividing_a_whole_are_both_checked() -> None:
    found = checked(WHOLE.format(rest=11, trade=13))

    assert [(one.params["parts"], one.adds_up) for one in found] == [("25 + 11", True), ("23 + 13", True)]


def test_parts_that_are_too_few_are_pointed_out_where_another_list_is_complete() -> None:
    wrong = [one for one in checked(WHOLE.format(rest=11, trade=12)) if not one.adds_up]

    assert [str(one) for one in wrong] == ["36 is stated, but the parts 23 + 12 add up to 35."]


def test_parts_that_are_too_many_are_pointed_out() -> None:
    wrong = [one for one in checked("新建公园10个，其中东部6个、西部5个。") if not one.adds_up]

    assert [one.params["sum"] for one in wrong] == ["11"]


def test_of_which_may_leave_parts_out() -> None:
    assert checked("新建公园10个，其中东部3个、西部5个。") == []


def test_an_indicator_stated_twice_with_two_values_is_pointed_out() -> None:
    found = checked("一、今年目标\n全年财政总收入达到30亿元。\n确保财政总收入达到32亿元。")

    assert [one.params["second"] for one in found] == ["32亿元"]


def test_in_traditional_characters_too() -> None:
    text = "今年實施36項重點項目，新建25個，續建11個。"

    assert [one.adds_up for one in checked(text)] == [True]
