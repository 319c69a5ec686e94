from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shoushan.web import figures


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (None, 2, "—"),
        (0, None, "0"),
        (Decimal("3272.10"), None, "3,272.1"),
        (Decimal("3272.10"), 2, "3,272.10"),
        (Decimal("-1234567.5"), None, "−1,234,567.5"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("0.125"), 2, "0.13"),
    ],
)
def test_commas_stand_by_three(value: Decimal | int | None, places: int | None, written: str) -> None:
    assert figures.number(value, places) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Decimal("0.917"), "91.7%"),
        (Decimal("0.9996"), "99.96%"),
        (Decimal("1"), "100.0%"),
        (Decimal("1.00004"), "100.004%"),
        (None, "—"),
    ],
)
def test_a_share_just_short_of_whole_is_not_written_as_whole(share: Decimal | None, written: str) -> None:
    assert figures.percent(share) == written


@given(
    value=st.decimals(min_value=-1000, max_value=1000, places=6),
    limit=st.decimals(min_value=-1000, max_value=1000, places=2),
)
def test_rounding_never_crosses_a_threshold(value: Decimal, limit: Decimal) -> None:
    shown = figures.rounded(value, 1, [limit])

    assert (shown >= limit, shown <= limit) == (value >= limit, value <= limit)
    assert bool(shown) == bool(value)


def test_rounding_stops_at_the_asked_places_when_no_threshold_is_near() -> None:
    assert figures.rounded(Decimal("12.3456"), 1, [Decimal(100)]) == Decimal("12.3")


@pytest.mark.parametrize(
    ("unit", "written", "exact"),
    [
        ("yi", "0.12亿元", "12,400,000元"),
        ("wan", "1,240万元", "12,400,000元"),
        ("yuan", "12,400,000元", "12,400,000元"),
    ],
)
def test_money_follows_the_switch_and_keeps_its_exact_value(unit: str, written: str, exact: str) -> None:
    with translation.override("zh-hans"):
        shown = figures.money(12_400_000, unit)

        assert (str(shown), shown.exact) == (written, exact)


def test_an_unknown_unit_of_money_is_the_largest() -> None:
    with translation.override("zh-hant"):
        assert figures.money_unit("pound") == "億元"
        assert str(figures.money(None)) == "—"


def test_money_never_rounds_something_to_nothing() -> None:
    assert figures.money(3000, "yi").text == "0.00003"


def test_a_threshold_holds_in_the_unit_of_the_switch() -> None:
    assert figures.money(Decimal(2_999_999_999), "yi", [Decimal(3_000_000_000)]).text == "29.99999999"


@pytest.mark.parametrize(
    ("value", "measure", "written"),
    [
        (Decimal(41), "条", "41条"),
        (Decimal("95.24"), "percent", "95.2%"),
        (Decimal("46.10"), "万株", "46.1万株"),
        (None, "条", "—"),
    ],
)
def test_a_quantity_carries_the_measure_of_its_indicator(value: Decimal | None, measure: str, written: str) -> None:
    assert str(figures.quantity(value, measure)) == written


def test_latin_units_stand_apart_from_their_number() -> None:
    assert str(figures.quantity(Decimal(3), "items")) == "3 items"


def test_a_difference_of_shares_is_in_percentage_points() -> None:
    with translation.override("zh-hans"):
        assert figures.points(Decimal("-0.117")) == "−11.7个百分点"
        assert figures.points(None) == "—"


def test_the_switch_marks_the_present_unit() -> None:
    with translation.override("zh-hans"):
        choices = figures.money_switch("wan")

        assert [(str(choice["label"]), choice["current"]) for choice in choices] == [
            ("亿", False),
            ("万", True),
            ("元", False),
        ]
