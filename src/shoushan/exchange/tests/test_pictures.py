"""Pictures that look the same are found among many, without comparing each with each."""

from __future__ import annotations

import random
from itertools import combinations

from shoushan.exchange.pictures import MOST_BITS, alike, first_alike


def changed(look: str, bits: list[int]) -> str:
    """A look with some of its 64 bits the other way."""
    return f"{int(look, 16) ^ sum(1 << bit for bit in bits):016x}"


def test_a_look_that_differs_in_a_few_bits_is_found_wherever_they_are() -> None:
    chance = random.Random(20261126)
    for _ in range(300):
        look = f"{chance.getrandbits(64):016x}"
        near = changed(look, chance.sample(range(64), MOST_BITS))
        far = changed(look, chance.sample(range(64), MOST_BITS + 1))
        assert first_alike([look, near, far]) == {look: look, near: look, far: far}


def test_each_is_of_the_picture_it_is_given_to_and_no_two_pictures_are_one() -> None:
    chance = random.Random(4)
    looks = [f"{chance.getrandbits(64):016x}" for _ in range(40)]
    looks += [changed(look, chance.sample(range(64), chance.randrange(8))) for look in looks for _ in range(5)]

    found = first_alike(looks)

    assert found.keys() == set(looks)
    assert all(alike(look, first) for look, first in found.items())
    assert not [pair for pair in combinations(sorted(set(found.values())), 2) if alike(*pair)]
