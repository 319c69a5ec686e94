"""A year's end: wide where little is known, never below what is done, and unknown where nothing can be said."""

from __future__ import annotations

from itertools import pairwise

import pytest

from shoushan.forecasting import Forecast, Known, Series, Unknown, forecast
from shoushan.forecasting.series import as_flow

EVEN = dict.fromkeys(range(1, 13), 100.0)
LATE = {month: 50.0 if month < 10 else 250.0 for month in range(1, 13)}


def until(month: int, year: dict[int, float] = EVEN) -> dict[int, float]:
    return {number: amount for number, amount in year.items() if number <= month}


def made(series: Series) -> Forecast:
    found = forecast(series)
    assert isinstance(found, Forecast)
    return found


def test_an_even_year_ends_as_it_went() -> None:
    found = made(Series("flow", until(6), [EVEN, EVEN]))

    assert found.mid == pytest.approx(1200)
    assert found.low < 1200 < found.high


def test_the_shape_of_past_years_is_carried_forward() -> None:
    assert made(Series("flow", until(6, LATE), [LATE, LATE])).mid > made(Series("flow", until(6, LATE))).mid * 1.3


def test_what_is_told_to_date_is_the_same_year() -> None:
    told = {month: 100.0 * month for month in range(1, 7)}
    past = {month: 100.0 * month for month in range(1, 13)}

    assert made(Series("cumulative", told, [past])).mid == pytest.approx(made(Series("flow", until(6), [EVEN])).mid)


def test_a_missing_month_is_still_to_come() -> None:
    without_march = {month: amount for month, amount in until(6).items() if month != 3}

    assert made(Series("flow", without_march, [EVEN])).mid == pytest.approx(1200)


def test_it_narrows_as_the_year_goes_on() -> None:
    widths = [
        found.high - found.low
        for found in (made(Series("flow", until(month), [LATE, EVEN])) for month in (3, 6, 9, 11))
    ]

    assert all(later < earlier for earlier, later in pairwise(widths))


def test_fewer_working_days_left_means_less_to_come() -> None:
    days = {month: 22 if month <= 6 else 18 for month in range(1, 13)}

    assert made(Series("flow", until(6), workdays=days)).mid < 1200


def test_an_event_that_came_does_not_repeat_and_one_that_is_expected_may_slip() -> None:
    with_a_deal = {**until(6), 5: 1100.0}

    came = made(Series("flow", with_a_deal, [EVEN], events=[Known(5, 1000.0)]))
    assert came.mid == pytest.approx(2200)
    coming = made(Series("flow", until(6), [EVEN], events=[Known(9, 1000.0)]))
    assert coming.mid == pytest.approx(2200)
    assert coming.low < 1200 < coming.mid < coming.high


def test_it_is_never_below_what_is_done() -> None:
    assert made(Series("flow", until(11, LATE), [EVEN])).low >= sum(until(11, LATE).values())


def test_a_ratio_stays_a_ratio_and_a_level_may_fall() -> None:
    near_the_top = {month: 99.0 - month % 2 for month in range(1, 7)}

    assert made(Series("ratio", near_the_top)).high <= 100
    assert made(Series("level", {1: 500.0, 2: 400.0, 3: 300.0})).low < 300


@pytest.mark.parametrize(
    ("series", "word"),
    [
        (Series("flow", {}), "Too few"),
        (Series("flow", until(2)), "Too few"),
        (Series("flow", EVEN), "complete"),
        (Series("flow", dict.fromkeys(range(1, 6), 0.0), [EVEN]), "Nothing"),
        (Series("flow", {1: 5.0, 2: -3.0, 3: 4.0}), "negative"),
        (Series("mood", until(6)), "kind"),
    ],
)
def test_too_little_says_why(series: Series, word: str) -> None:
    found = forecast(series)

    assert isinstance(found, Unknown)
    assert word in found.reason


def test_the_same_series_gives_the_same_answer() -> None:
    assert forecast(Series("flow", until(7), [LATE])) == forecast(Series("flow", until(7), [LATE]))


def test_a_gap_in_a_total_is_inside_the_next_month() -> None:
    assert as_flow({2: 10, 5: 40}) == {2: 10, 5: 30}
