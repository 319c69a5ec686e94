"""What a sample says of the whole holds as often as it says, and everybody draws the same lots."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest

from shoushan.core.sampling import draw, most_share, most_wrong, needed, rounded_up

SURE = Fraction(95, 100)


def test_forty_of_412_without_a_wrong_one_leave_at_most_28() -> None:
    assert most_wrong(412, 40, 0, confidence=SURE) == 28
    assert rounded_up(28, 412) == Decimal("6.8")


def test_one_more_wrong_in_the_whole_would_have_been_too_unlikely() -> None:
    """The bound by its meaning: with 29 wrong of 412, fewer than 5 in 100 samples of 40 show none."""
    from math import comb

    assert Fraction(comb(412 - 29, 40), comb(412, 40)) <= Fraction(5, 100) < Fraction(comb(412 - 28, 40), comb(412, 40))


@pytest.mark.parametrize(("population", "wrong"), [(1, 0), (1, 1), (20, 3), (57, 57)])
def test_whoever_looks_at_everything_knows(population: int, wrong: int) -> None:
    assert most_wrong(population, population, wrong, confidence=SURE) == wrong


def test_whoever_looks_at_nothing_knows_nothing() -> None:
    assert most_wrong(50, 0, 0, confidence=SURE) == 50


@pytest.mark.parametrize("given", [(10, 11, 0), (10, 5, 6), (10, 5, -1)])
def test_a_sample_that_cannot_be_is_a_fault(given: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="looked at"):
        most_wrong(*given, confidence=SURE)


@pytest.mark.parametrize("population", [1, 5, 19, 49, 120, 412])
@pytest.mark.parametrize("allowed", [0, 1, 3])
def test_so_many_are_needed_and_not_one_fewer(population: int, allowed: int) -> None:
    share = Fraction(1, 10)
    count = needed(population, share=share, confidence=SURE, allowed=allowed)
    limit = int(share * population)

    assert count == population or most_wrong(population, count, min(allowed, count), confidence=SURE) <= limit
    if count > allowed + 1:
        assert most_wrong(population, count - 1, min(allowed, count - 1), confidence=SURE) > limit


def test_the_guarantee_holds_as_often_as_it_says() -> None:
    """A seeded part of `start.py bench sampling`: 600 draws with lots by hash, at a rate where the bound is tight."""
    population, wrong, count, seeds = 60, 7, 20, 600
    held = 0
    for seed in range(seeds):
        found = sum(name < wrong for name in draw(range(population), count, str(seed)))
        held += wrong <= most_wrong(population, count, found, confidence=SURE)

    assert held / seeds >= 0.94  # 0.95 and the chance of 600 draws


def test_the_same_seed_draws_the_same_and_another_one_others() -> None:
    assert draw(range(100), 10, "a") == draw(range(100), 10, "a")
    assert draw(range(100), 10, "a") != draw(range(100), 10, "b")


def test_lots_are_drawn_as_anybody_can_by_hand() -> None:
    by_hand = sorted(range(1, 9), key=lambda number: sha256(f"2026-11:{number}".encode()).hexdigest())[:3]

    assert draw(range(1, 9), 3, "2026-11") == sorted(by_hand)


def test_more_tickets_are_drawn_more_often_in_their_proportion() -> None:
    """One of four holds three of six tickets: it is drawn first in half of all draws."""
    seeds = 2000
    first = sum(draw(range(4), 1, str(seed), {0: 3}) == [0] for seed in range(seeds))

    assert abs(first / seeds - 0.5) < 0.04


def test_whoever_has_no_ticket_is_never_drawn() -> None:
    assert draw(range(3), 3, "x", {1: 0}) == [0, 2]


def test_the_binomial_bound_is_known_from_tables() -> None:
    """Clopper and Pearson, one-sided 95 %: 0 of 10, 1 of 20, 5 of 100."""
    assert [most_share(*each, confidence=SURE) for each in ((10, 0), (20, 1), (100, 5))] == [
        Decimal("0.258866"),
        Decimal("0.216107"),
        Decimal("0.102254"),
    ]
    assert most_share(5, 5, confidence=SURE) == 1


def test_the_bound_never_grows_with_luck() -> None:
    """More looked at with as many wrong says more; a random walk over many sizes, seeded."""
    dice = random.Random(3)
    for _ in range(100):
        population = dice.randrange(2, 90)
        count = dice.randrange(1, population)
        wrong = dice.randrange(0, count + 1)
        assert most_wrong(population, count + 1, wrong, confidence=SURE) <= most_wrong(
            population, count, wrong, confidence=SURE
        )
