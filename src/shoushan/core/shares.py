"""Dividing a whole so that the parts always add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal


def divide(whole: Decimal, weights: Sequence[Decimal], places: int = 0) -> list[Decimal]:
    """Divide ``whole`` by ``weights`` into parts of ``places`` decimals, by largest remainder.

    The parts always add up to ``whole``; the extra steps go to the largest remainders, and among
    equal ones to the earliest part.

    >>> [int(part) for part in divide(Decimal(346), [Decimal(1)] * 5)]
    [70, 69, 69, 69, 69]
    """
    total = sum(weights, Decimal(0))
    if not weights or total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must be zero or more, and at least one above zero")
    step = Decimal(1).scaleb(-places)
    steps = whole / step
    if steps != steps.to_integral_value():
        raise ValueError(f"{whole} has more than {places} decimals")
    exact = [steps * weight / total for weight in weights]
    floors = [part.to_integral_value(rounding=ROUND_FLOOR) for part in exact]
    left = int(steps - sum(floors, Decimal(0)))
    by_remainder = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for index in by_remainder[:left]:
        floors[index] += 1
    return [part * step for part in floors]
