"""How long a unit may object, how long an answer may take, how few marks show nothing: dated, with the source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Norms:
    """The rules as they hold from a day on; days are working days, counted from the day after."""

    since: date
    source: str
    objection_days: int
    answer_days: int
    appeal_days: int
    least_votes: int
    trimmed_percent: int


def norms(on: date) -> Norms:
    """The rules that hold on a day: the newest that has begun, or the first ones before all of them.

    >>> norms(date(2027, 1, 5)).objection_days
    5
    """
    begun = [each for each in all_norms() if each.since <= on]
    return begun[-1] if begun else all_norms()[0]


@cache
def all_norms() -> tuple[Norms, ...]:
    """Every rule there was, the oldest first."""
    read = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text(encoding="utf-8"))
    return tuple(sorted((Norms(**each) for each in read), key=lambda each: each.since))
