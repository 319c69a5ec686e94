"""A light against its schedule, from both sides of each threshold; grey is not green."""

from decimal import Decimal

import pytest

from shoushan.dispatch.lights import judge

D = Decimal
RED = D("0.95")


@pytest.mark.parametrize(
    ("done", "due", "light"),
    [
        (D(100), D(100), "green"),
        (D("99.99"), D(100), "yellow"),
        (D(95), D(100), "yellow"),
        (D("94.99"), D(100), "red"),
        (D(0), D(100), "red"),
        (D(5), D(0), "grey"),
        (None, D(100), "no_data"),
        (D(5), None, "not_due"),
        (None, None, "not_due"),
    ],
)
def test_what_is_done_against_what_is_due(done: Decimal | None, due: Decimal | None, light: str) -> None:
    assert judge(done, due, red_below=RED).light == light


@pytest.mark.parametrize(("done", "light"), [(D("99.99"), "red"), (D(100), "green")])
def test_after_its_day_nearly_done_is_late(done: Decimal, light: str) -> None:
    assert judge(done, D(100), is_over=True, red_below=RED).light == light


def test_a_limit_is_kept_or_broken() -> None:
    assert judge(D(5), D(5), lower_is_better=True, red_below=RED).light == "green"
    assert judge(D("5.1"), D(5), lower_is_better=True, red_below=RED).light == "red"
    assert judge(D(0), D(0), lower_is_better=True, red_below=RED).light == "green"
