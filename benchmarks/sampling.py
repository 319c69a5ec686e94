"""Whether the guarantee of a sample holds as often as it says: ten thousand draws for each size and rate of error."""

from __future__ import annotations

import random
import time
from fractions import Fraction
from functools import cache

from benchmarks.figures import Figure, at_least, at_most
from shoushan.core.sampling import draw, most_wrong, needed

DRAWS = 10_000
CONFIDENCE = Fraction(95, 100)
TOLERABLE = Fraction(10, 100)
# how many figures wait: a small month, a quarter, a district's month, a large district's
POPULATIONS = (30, 57, 120, 412)
RATES = ("0.02", "0.05", "0.10", "0.12", "0.20", "0.40")
BY_HASH = 2_000


@cache
def bound(population: int, looked_at: int, wrong: int) -> int:
    return most_wrong(population, looked_at, wrong, confidence=CONFIDENCE)


def measure() -> list[Figure]:
    """The lowest coverage of all sizes and rates, how often too much is let through, and the time of a bound."""
    covered, passed, tight = [], [], []
    for population in POPULATIONS:
        count = needed(population, share=TOLERABLE, confidence=CONFIDENCE)
        for rate in RATES:
            wrong = round(population * float(rate))
            held, through = simulated(population, count, wrong)
            covered.append(held)
            if wrong > TOLERABLE * population:
                passed.append(through)
        # the number of wrong ones at which the bound is tightest
        tight.append(simulated(population, count, bound(population, count, 0) + 1)[0])
    begun = time.perf_counter()
    most_wrong(4_000, 400, 7, confidence=CONFIDENCE)
    needed(4_000, share=TOLERABLE, confidence=CONFIDENCE)
    seconds = time.perf_counter() - begun
    cases = len(POPULATIONS) * len(RATES)
    return [
        at_least(
            f"{cases} cases of {DRAWS} draws: the bound holds, lowest share", min(covered), "", 0.95 - noise(DRAWS)
        ),
        at_least("the same where the bound is tightest", min(tight), "", 0.95 - noise(DRAWS)),
        at_most("more than a tenth wrong, and accepted by sample all the same, highest share", max(passed), "", 0.05),
        at_least(
            f"the bound holds for lots drawn by hash, {BY_HASH} seeds", by_hash(57, 22, 6), "", 0.95 - noise(BY_HASH)
        ),
        at_most("a bound and a size for 4,000 figures", seconds, "s", 0.5),
    ]


def noise(draws: int) -> float:
    """Three standard deviations of a share of 0.95 seen in so many draws."""
    return float(3 * (0.95 * 0.05 / draws) ** 0.5)


def simulated(population: int, count: int, wrong: int) -> tuple[float, float]:
    """How often the bound covers the truth, and how often a sample shows nothing wrong."""
    dice = random.Random(population * 1_000 + wrong)
    held = clean = 0
    for _ in range(DRAWS):
        found = sum(place < wrong for place in dice.sample(range(population), count))
        held += wrong <= bound(population, count, found)
        clean += found == 0
    return held / DRAWS, clean / DRAWS


def by_hash(population: int, count: int, wrong: int) -> float:
    """The same with the product's own lots."""
    held = 0
    for seed in range(BY_HASH):
        found = sum(name < wrong for name in draw(range(population), count, f"seed {seed}"))
        held += wrong <= bound(population, count, found)
    return held / BY_HASH
