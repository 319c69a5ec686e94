"""A figure is read as people type it where it means one thing, and asked back where it may mean two."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shoushan.core.errors import Refusal
from shoushan.returns.amounts import read_amount, understand


@pytest.mark.parametrize(
    ("typed", "measure", "meant"),
    [
        ("1,234.5", "", "1234.5"),
        ("１２３４", "", "1234"),
        (" 12 000 ", "", "12000"),
        ("−3", "", "-3"),
        ("0", "", "0"),
        ("12万", "person", "120000"),
        ("1.2亿元", "yuan", "120000000"),
        ("１２万人", "person", "120000"),
        ("3万亿", "yuan", "3000000000000"),
        ("1,200人", "person", "1200"),
        ("98.5%", "percent", "98.5"),
        ("98.5％", "percent", "98.5"),
        ("12公里", "公里", "12"),
        ("-4人", "person", "-4"),
    ],
)
def test_a_figure_is_read_as_people_type_it(typed: str, measure: str, meant: str) -> None:
    assert read_amount(typed, measure) == Decimal(meant)


def test_nothing_typed_is_no_figure() -> None:
    assert read_amount("  ") is None


def test_what_was_more_than_digits_is_told() -> None:
    assert [understand(typed, "person").is_understood for typed in ("12", "1,200", "12人", "12万")] == [  # type: ignore[union-attr]
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("typed", "measure", "code"),
    [
        ("1e9", "person", "value.not_a_number"),
        ("1e308", "person", "value.not_a_number"),
        ("=1+1", "person", "value.not_a_number"),
        ("NaN", "person", "value.not_a_number"),
        ("inf", "person", "value.not_a_number"),
        ("1.2.3", "person", "value.not_a_number"),
        ("9" * 41, "person", "value.not_a_number"),
        ("0." + "1" * 41, "person", "value.not_a_number"),
        ("12,5", "person", "value.not_a_number"),
        ("1,2000", "person", "value.not_a_number"),
        ("十二", "person", "value.not_a_number"),
        ("12/13", "person", "value.not_a_number"),
        ("约12", "person", "value.not_a_number"),
        ("12人左右", "person", "value.other_unit"),
        ("12亩", "hectare", "value.other_unit"),
        ("12%", "person", "value.other_unit"),
        ("12万", "percent", "value.which_power"),
        ("12万", "万元", "value.which_power"),
        ("12万", "", "value.which_power"),
    ],
)
def test_what_may_be_meant_two_ways_is_asked_back(typed: str, measure: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_amount(typed, measure)
    assert refused.value.code == code
