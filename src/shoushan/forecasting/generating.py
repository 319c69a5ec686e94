"""Generated district series for measuring forecasts: seasonal, growing, with outliers and jumps in the last month.

Nothing here is a real figure. The parameters are our own choice, from how returns of districts look: spring is slow,
quarters' ends are busy, one series in three is pushed in December, some months fall out of line.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from shoushan.forecasting.series import FLOW, LEVEL, RATIO

WORKDAYS = (20, 17, 22, 21, 19, 21, 23, 21, 22, 18, 20, 23)
# of four series, two are flows, as in a district's catalogue
KINDS = (FLOW, FLOW, LEVEL, RATIO)


@dataclass(frozen=True, slots=True)
class Generated:
    """Several whole years of one made-up series, the oldest first."""

    kind: str
    years: list[dict[int, float]]


def generate(seed: int, years: int = 5) -> Generated:
    """One series; the same seed gives the same."""
    dice = random.Random(seed)  # noqa: S311 - the same series every time, nothing secret
    kind = KINDS[seed % len(KINDS)]
    return Generated(kind, _flow(dice, years) if kind == FLOW else _standing(dice, years, kind))


def _flow(dice: random.Random, years: int) -> list[dict[int, float]]:
    noise, growth = dice.uniform(0.05, 0.35), dice.gauss(0.05, 0.08)
    season = [math.exp(dice.gauss(0, 0.15)) * (1.2 if month % 3 == 0 else 1) for month in range(1, 13)]
    season[1] *= dice.uniform(0.5, 0.9)
    push = dice.uniform(1.3, 2.2) if dice.random() < 0.33 else 1.0
    base, found = dice.uniform(20, 2000), []
    for number in range(years):
        base *= math.exp(growth + dice.gauss(0, 0.06))
        shift = dice.gauss(0, 0.01)
        year = {}
        for month in range(1, 13):
            amount = (
                base * season[month - 1] * WORKDAYS[month - 1] / 21 * math.exp(dice.gauss(0, noise) + shift * month)
            )
            if dice.random() < 0.03:
                amount *= dice.uniform(1.8, 4)
            year[month] = round(amount * (push if month == 12 and (number % 2 or push > 1.7) else 1), 2)
        found.append(year)
    return found


def _standing(dice: random.Random, years: int, kind: str) -> list[dict[int, float]]:
    now = dice.uniform(60, 92) if kind == RATIO else dice.uniform(100, 5000)
    step = now * dice.uniform(0.004, 0.02)
    drift, season = step * dice.gauss(0.2, 0.3), [dice.gauss(0, 0.6) * step for _ in range(12)]
    found = []
    for _ in range(years):
        year = {}
        for month in range(1, 13):
            now += drift + dice.gauss(0, step) * (3 if dice.random() < 0.04 else 1)
            told = now + season[month - 1] + (step if month == 12 and dice.random() < 0.2 else 0)
            year[month] = round(min(max(told, 0.0), 100.0) if kind == RATIO else max(told, 0.0), 2)
        found.append(year)
    return found
