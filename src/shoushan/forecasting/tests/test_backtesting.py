"""Four outcomes of five lie in the interval, on series that the widths were not measured on."""

from __future__ import annotations

from statistics import fmean

import pytest

from shoushan.forecasting import backtesting, generating, widths


def test_no_series_is_used_both_for_fitting_and_for_checking() -> None:
    assert not set(backtesting.FITTING) & set(backtesting.CHECKING)


def test_four_of_five_outcomes_are_held() -> None:
    found = list(backtesting.tried(generating.generate(seed) for seed in backtesting.CHECKING[:120]))

    assert 0.72 <= fmean([each.is_held for each in found]) <= 0.88
    assert 0 < fmean([each.width for each in found]) < 1


def test_fitting_gives_a_width_for_every_place() -> None:
    fitted = backtesting.fit(generating.generate(seed) for seed in range(40))

    assert fitted.keys() == widths.WIDTHS.keys()
    assert all(len(row) == 11 for row in fitted.values())


@pytest.mark.parametrize("seed", range(4))
def test_a_generated_series_is_the_same_every_time(seed: int) -> None:
    assert generating.generate(seed) == generating.generate(seed)
