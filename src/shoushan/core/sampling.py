"""Drawing lots with a published seed, and what a sample says of the whole; exact, and the same on every machine.

Every bound is computed with whole numbers, so that nobody has to trust a rounding: of all the ways in which so many
could have been drawn, fewer than five in a hundred would have shown so little wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from hashlib import sha256
from math import comb
from typing import TypeVar

Name = TypeVar("Name", int, str)
MILLION = 1_000_000


def draw(names: Iterable[Name], count: int, seed: str, tickets: Mapping[Name, int] | None = None) -> list[Name]:
    """So many of the names, drawn by a seed; whoever has it draws the same ones again. They keep their order.

    Every name has one ticket, or as many as ``tickets`` says; a ticket's place is the SHA-256 of “seed:name”, of the
    second one “seed:name:2”, and so on. The names whose tickets come first are drawn, each once.

    >>> draw(range(1, 11), 3, "2026-10-15") == draw(range(1, 11), 3, "2026-10-15"), draw(["a", "b"], 5, "x")
    (True, ['a', 'b'])
    """
    everybody = list(names)
    first = {name: min(_places(seed, name, (tickets or {}).get(name, 1)), default=b"") for name in everybody}
    drawn = set(sorted((name for name in everybody if first[name]), key=lambda name: first[name])[: max(count, 0)])
    return [name for name in everybody if name in drawn]


def _places(seed: str, name: object, tickets: int) -> Iterable[bytes]:
    for number in range(1, tickets + 1):
        ticket = f"{seed}:{name}" if number == 1 else f"{seed}:{name}:{number}"
        yield sha256(ticket.encode()).digest()


def most_wrong(population: int, looked_at: int, wrong: int, *, confidence: Fraction) -> int:
    """The most that can be wrong in the whole, so that a sample with no more wrong than this one is not too unlikely.

    The upper bound of the hypergeometric distribution: it holds in at least ``confidence`` of all samples.

    >>> most_wrong(412, 40, 0, confidence=Fraction(95, 100)), most_wrong(412, 412, 3, confidence=Fraction(95, 100))
    (28, 3)
    """
    if not 0 <= wrong <= looked_at <= population:
        raise ValueError(f"{wrong} wrong of {looked_at} looked at of {population}")
    low, high = wrong, population - (looked_at - wrong)
    while low < high:
        middle = (low + high + 1) // 2
        if _is_too_unlikely(population, looked_at, wrong, middle, 1 - confidence):
            high = middle - 1
        else:
            low = middle
    return low


def _is_too_unlikely(population: int, looked_at: int, wrong: int, all_wrong: int, chance: Fraction) -> bool:
    """Whether at most ``wrong`` of those looked at are wrong in no more than ``chance`` of all possible samples."""
    ways = sum(comb(all_wrong, each) * comb(population - all_wrong, looked_at - each) for each in range(wrong + 1))
    return ways * chance.denominator <= chance.numerator * comb(population, looked_at)


def needed(population: int, *, share: Fraction, confidence: Fraction, allowed: int = 0) -> int:
    """How many must be looked at, so that with at most ``allowed`` wrong among them at most ``share`` is wrong.

    >>> needed(412, share=Fraction(7, 100), confidence=Fraction(95, 100)), needed(10, share=Fraction(7, 100),
    ...     confidence=Fraction(95, 100))
    (40, 10)
    """
    limit = int(share * population)
    low, high = min(allowed, population), population
    while low < high:
        middle = (low + high) // 2
        if most_wrong(population, middle, min(allowed, middle), confidence=confidence) <= limit:
            high = middle
        else:
            low = middle + 1
    return low


def most_share(looked_at: int, wrong: int, *, confidence: Fraction) -> Decimal:
    """The largest share that can be wrong where the whole has no end; the binomial bound, rounded up to a millionth.

    >>> most_share(40, 0, confidence=Fraction(95, 100)), most_share(0, 0, confidence=Fraction(95, 100))
    (Decimal('0.072158'), Decimal('1.000000'))
    """
    if not 0 <= wrong <= looked_at:
        raise ValueError(f"{wrong} wrong of {looked_at} looked at")
    chance = 1 - confidence
    low, high = 0, MILLION
    while low < high:
        middle = (low + high) // 2
        ways = sum(
            comb(looked_at, each) * middle**each * (MILLION - middle) ** (looked_at - each) for each in range(wrong + 1)
        )
        if wrong < looked_at and ways * chance.denominator <= chance.numerator * MILLION**looked_at:
            high = middle
        else:
            low = middle + 1
    return (Decimal(low) / MILLION).quantize(Decimal("0.000001"))


def rounded_up(part: int, whole: int) -> Decimal:
    """A share in percent with one decimal, never below the truth; 0 of nothing.

    >>> rounded_up(27, 412), rounded_up(0, 412)
    (Decimal('6.6'), Decimal('0.0'))
    """
    if not whole:
        return Decimal("0.0")
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_CEILING)
