"""Who verifies which unit in a month: spread evenly, drawn by a seed, nobody the same unit for too long; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

Turns = dict[int, int]


@dataclass(frozen=True, slots=True)
class Assigned:
    """Each unit's verifier, and the units whose verifier should have changed and could not."""

    turns: Turns
    kept_on: list[int]


def assign(
    may: Mapping[int, Sequence[int]], before: Sequence[Mapping[int, int]], *, months: int, seed: str
) -> Assigned:
    """Give every unit one of those who may verify it; ``before`` holds the months before, the newest first.

    Whoever had a unit ``months`` times running is left out, unless there is nobody else: then they go on, and it is
    said. Among the others the one with the fewest units so far, and between equals whom the seed puts first.

    >>> assign({1: [7, 8]}, [{1: 7}, {1: 7}], months=2, seed="x").turns, assign({1: [7]}, [{1: 7}], months=1, seed="x")
    ({1: 8}, Assigned(turns={1: 7}, kept_on=[1]))
    """
    load: Counter[int] = Counter()
    found: Turns = {}
    kept_on = []
    for unit in sorted(may, key=lambda each: _place(seed, each)):
        if not may[unit]:
            continue
        fresh = [person for person in may[unit] if _running(before, unit, person) < months]
        if not fresh:
            kept_on.append(unit)
        chosen = min(fresh or may[unit], key=lambda person: (load[person], _place(seed, unit, person)))
        found[unit] = chosen
        load[chosen] += 1
    return Assigned(dict(sorted(found.items())), sorted(kept_on))


def _running(before: Sequence[Mapping[int, int]], unit: int, person: int) -> int:
    """How many months running somebody has had a unit."""
    count = 0
    for month in before:
        if month.get(unit) != person:
            break
        count += 1
    return count


def _place(seed: str, *names: int) -> bytes:
    return sha256(":".join([seed, *map(str, names)]).encode()).digest()
