"""A forecast is a range that is honest about little, keeps what is done, and is none where nothing can be said."""

from __future__ import annotations

import doctest
import random
from math import isclose

import pytest

from shoushan.forecasting import Event, Forecast, Impossible, student, year, year_end

EVEN = dict.fromkeys(range(1, 13), 10.0)
LATE = {month: 5.0 if month < 12 else 65.0 for month in range(1, 13)}


def made(*args: object, **named: object) -> Forecast:
    found = year_end(*args, **named)  # type: ignore[arg-type]
    assert isinstance(found, Forecast)
    return found


def first(months: int, amount: float = 10.0) -> dict[int, float]:
    return dict.fromkeys(range(1, months + 1), amount)


@pytest.mark.parametrize("module", [student, year])
def test_what_the_words_show_is_so(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_the_years_shape_is_kept() -> None:
    assert isclose(made([LATE], first(11, 5.0), kind="flow").mid, 120)
    assert isclose(made([EVEN], first(6, 12.0), kind="flow").mid, 144)


def test_what_is_done_stays_done() -> None:
    found = made([EVEN, LATE], {**first(10), 11: 0.0}, kind="flow")

    assert found.low >= 100
    assert found.low <= found.mid <= found.high


def test_few_past_years_make_it_wide_and_none_wider() -> None:
    dice = random.Random(7)
    years = [{month: 10 * dice.lognormvariate(0, 0.2) for month in range(1, 13)} for _ in range(6)]
    known = {month: years[-1][month] for month in range(1, 5)}

    def width(past: int) -> float:
        found = made(years[5 - past : 5], known, kind="flow")
        return found.high - found.low

    assert width(1) > width(5)


def test_later_in_the_year_it_is_narrower() -> None:
    early, late = made([EVEN], first(3), kind="flow"), made([EVEN], first(11), kind="flow")

    assert late.high - late.low < early.high - early.low


def test_a_month_with_fewer_working_days_is_expected_to_bring_less() -> None:
    days = [20] * 12
    shorter = [*days[:11], 10]

    assert made([EVEN], first(11), kind="flow", days=[days], days_now=shorter).mid < 120


def test_a_known_event_is_added_and_one_that_has_come_is_not() -> None:
    plain = made([EVEN], first(6), kind="flow").mid

    assert made([EVEN], first(6), kind="flow", events=[Event(9, 25.0), Event(3, 99.0)]).mid == plain + 25


def test_a_quarterly_figure_is_not_taken_for_missing_months() -> None:
    quarterly = {3: 22.0, 6: 26.0, 9: 24.0, 12: 28.0}

    assert isclose(made([quarterly], {3: 22.0, 6: 26.0, 9: 24.0}, kind="flow").mid, 100)


def test_a_level_goes_on_from_where_it_stands_and_a_share_stays_a_share() -> None:
    rising = {month: 90.0 + month for month in range(1, 9)}

    assert isclose(made([], rising, kind="level").mid, 102)
    bounded = made([], rising, kind="ratio", bounds=(0.0, 100.0))
    assert bounded.mid == bounded.high == 100


@pytest.mark.parametrize(
    ("known", "kind", "reason"),
    [
        ({}, "flow", "no_month"),
        (first(2), "flow", "too_little"),
        (first(6, 0.0), "flow", "nothing_done"),
        (first(12), "flow", "year_over"),
        ({1: 3.0, 2: 3.0}, "level", "too_little"),
    ],
)
def test_where_nothing_can_be_said_the_reason_is(known: dict[int, float], kind: str, reason: str) -> None:
    assert year_end([], known, kind=kind) == Impossible(reason)


def test_a_year_that_came_to_nothing_is_no_shape() -> None:
    assert made([{}, EVEN], first(3), kind="flow").years == 1
