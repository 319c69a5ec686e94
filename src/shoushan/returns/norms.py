"""How verifying is done: how sure a sample must be, what is looked at first, how long one person verifies one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Norms:
    """The rules of verifying as they hold from a day on."""

    since: date
    source: str
    confidence: int  # in a hundred
    tolerable_percent: Decimal  # the most that may be wrong among what nobody looked at
    allowed: int  # how many may be wrong in the sample
    certain_from: int  # so many points of risk are always looked at
    extra: int  # drawn besides, by risk
    risks: Mapping[str, Mapping[str, int]]
    rotation_months: int
    beside: Mapping[str, str]  # typed indicator → the register's measure that may be held against it

    @property
    def confidence_share(self) -> Fraction:
        return Fraction(self.confidence, 100)

    @property
    def tolerable_share(self) -> Fraction:
        return Fraction(self.tolerable_percent) / 100


def norms(on: date) -> Norms:
    """The rules that hold on a day: the newest that has begun, or the first ones before all of them.

    >>> norms(date(2026, 11, 1)).confidence_share
    Fraction(19, 20)
    """
    begun = [each for each in _all() if each.since <= on]
    return begun[-1] if begun else _all()[0]


@cache
def _all() -> tuple[Norms, ...]:
    read = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text(encoding="utf-8"))
    return tuple(sorted((_norms(each) for each in read), key=lambda each: each.since))


def _norms(told: dict[str, Any]) -> Norms:
    return Norms(
        since=told["since"],
        source=told["source"],
        confidence=told["confidence"],
        tolerable_percent=Decimal(str(told["tolerable_percent"])),
        allowed=told["allowed"],
        certain_from=told["certain_from"],
        extra=told["extra"],
        risks=told["risks"],
        rotation_months=told["rotation"]["months"],
        beside=told["beside"],
    )
