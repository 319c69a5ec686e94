"""Nobody verifies the same unit for too long, and the work is spread evenly."""

from __future__ import annotations

from collections import Counter

from shoushan.returns.rotation import assign

MONTHS = 3


def test_nobody_has_a_unit_for_longer_than_the_rule_in_two_years() -> None:
    may = {unit: [7, 8, 9] for unit in range(12)}
    before: list[dict[int, int]] = []
    for month in range(24):
        found = assign(may, before, months=MONTHS, seed=f"seed {month}")
        assert found.kept_on == []
        before.insert(0, found.turns)

    for unit in may:
        row = "".join(str(month[unit]) for month in before)
        assert not any(str(person) * (MONTHS + 1) in row for person in (7, 8, 9))


def test_everybody_has_about_as_many_units() -> None:
    turns = assign({unit: [7, 8, 9] for unit in range(12)}, [], months=MONTHS, seed="x").turns

    assert set(Counter(turns.values()).values()) == {4}


def test_the_same_seed_assigns_the_same() -> None:
    may = {unit: [7, 8] for unit in range(9)}

    assert assign(may, [], months=1, seed="a") == assign(may, [], months=1, seed="a")
    assert assign(may, [], months=1, seed="a") != assign(may, [], months=1, seed="b")


def test_a_unit_nobody_may_verify_stays_without() -> None:
    assert assign({1: []}, [], months=1, seed="x").turns == {}
