"""How months combine, by kind, whatever the figures are; and when a figure asks for a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoushan.returns.kinds import differences, ratio, ratios_to_date
from shoushan.returns.unusual import expected, unusual

D = Decimal
figures = st.decimals(min_value=0, max_value=D(10) ** 15, places=4)
wholes = st.decimals(min_value=D("0.0001"), max_value=D(10) ** 9, places=4)
by_month = st.dictionaries(st.integers(1, 12), figures, min_size=1)


@given(by_month)
def test_the_differences_of_a_running_total_make_its_last_total(added: dict[int, Decimal]) -> None:
    totals, total = {}, D(0)
    for month in sorted(added):
        total += added[month]
        totals[month] = total

    assert differences(totals) == added
    assert sum(differences(totals).values()) == totals[max(totals)]


@given(by_month, st.integers(1, 12))
def test_a_month_in_which_nothing_was_added_moves_no_total(added: dict[int, Decimal], month: int) -> None:
    totals: dict[int, Decimal | None] = dict(zip(sorted(added), sorted(added.values()), strict=True))
    last = max(it for it in totals.values() if it is not None)
    totals.setdefault(month, None)

    assert sum(differences(totals).values()) == last


@given(st.dictionaries(st.integers(1, 12), st.tuples(wholes, wholes), min_size=1))
def test_ratios_combine_from_their_parts(parts: dict[int, tuple[Decimal, Decimal]]) -> None:
    found = ratios_to_date(parts, "percent")

    above, below = (sum(it[place] for it in parts.values()) for place in (0, 1))
    assert found[max(parts)] == ratio(D(above), D(below), "percent")


def test_a_ratio_to_date_is_no_mean_of_percentages() -> None:
    assert ratios_to_date({1: (D(1), D(1)), 2: (D(0), D(99))}, "percent")[2] == D("1.0000")


@given(st.lists(figures, min_size=3), st.integers(0))
def test_what_was_there_before_is_never_outside_its_range(before: list[Decimal], which: int) -> None:
    found = expected(before)

    assert found is not None
    assert found.low <= before[-1 - which % min(len(before), 13)] <= found.high


@pytest.mark.parametrize(
    ("amount", "before", "found"),
    [
        ("100", [], ""),
        ("132", ["90", "100", "110"], ""),
        ("132.1", ["90", "100", "110"], "above"),
        ("67", ["90", "100", "110"], "below"),
        ("0", ["90", "100", "110"], "below"),
        ("1000", ["100"], "tenfold"),
        ("999", ["100"], ""),
        ("10", ["100"], "tenth"),
        ("11", ["100"], ""),
        ("5", ["0"], ""),
        ("0", ["5"], ""),
        ("0", ["0", "0", "0"], ""),
    ],
)
def test_a_figure_unlike_those_before_it_is_unusual(amount: str, before: list[str], found: str) -> None:
    assert unusual(D(amount), [D(it) for it in before]) == found
