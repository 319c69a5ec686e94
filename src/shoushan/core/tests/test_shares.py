from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shoushan.core.shares import divide

weights = some.lists(some.integers(0, 10_000).map(Decimal), min_size=1, max_size=40).filter(any)


def test_346_over_5_is_one_of_70_and_four_of_69() -> None:
    assert divide(Decimal(346), [Decimal(1)] * 5) == [70, 69, 69, 69, 69]


@given(whole=some.integers(0, 10**12).map(Decimal), weights=weights)
def test_the_parts_always_add_up_to_the_whole(whole: Decimal, weights: list[Decimal]) -> None:
    assert sum(divide(whole, weights)) == whole


@given(whole=some.integers(0, 10**12), weights=weights)
def test_no_part_is_a_step_away_from_its_exact_share(whole: int, weights: list[Decimal]) -> None:
    parts = divide(Decimal(whole).scaleb(-2), weights, places=2)

    exact = [Decimal(whole).scaleb(-2) * weight / sum(weights) for weight in weights]
    assert all(abs(part - share) < Decimal("0.011") for part, share in zip(parts, exact, strict=True))


def test_nobody_with_weight_zero_carries_anything() -> None:
    assert divide(Decimal(10), [Decimal(0), Decimal(3)]) == [0, 10]


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_weights_that_divide_nothing_are_an_error(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        divide(Decimal(1), weights)


def test_a_whole_finer_than_its_parts_is_an_error() -> None:
    with pytest.raises(ValueError, match="decimals"):
        divide(Decimal("0.5"), [Decimal(1)])
