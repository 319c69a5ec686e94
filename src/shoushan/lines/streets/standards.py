"""The grading standard (验收标准) of a day: dated data, and the grade it gives to an inspection's scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shoushan.core.errors import Refusal, mark

WHOLE = Decimal(100)
BELOW = "below"


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of the standard, and the days on which it holds."""

    version: str
    title: str
    since: date
    until: date | None
    source: str
    items: Mapping[str, Mapping[str, Any]]
    bands: Mapping[str, Decimal]
    inspectors: Mapping[str, Any]
    opinion_weight: Decimal
    least_asked: int


@dataclass(frozen=True, slots=True)
class Graded:
    """What an inspection came to, and by which standard."""

    points: Decimal
    grade: str
    standard: Standard


@cache
def standards() -> tuple[Standard, ...]:
    """Every version, from `standards.yaml` beside this file."""
    told = yaml.safe_load((Path(__file__).parent / "standards.yaml").read_text(encoding="utf-8"))
    return tuple(_standard(each) for each in told)


def _standard(told: Mapping[str, Any]) -> Standard:
    return Standard(
        version=told["version"],
        title=told["title"],
        since=told["since"],
        until=told["until"],
        source=told["source"],
        items=told["items"],
        bands={grade: Decimal(str(least)) for grade, least in told["bands"].items()},
        inspectors=told["inspectors"],
        opinion_weight=Decimal(str(told["opinion"]["weight"])),
        least_asked=told["opinion"]["least_asked"],
    )


def in_force(day: date | None) -> Standard | None:
    """The version that holds on a day, where there is one."""
    days = (each for each in standards() if day and each.since <= day and (each.until is None or day <= each.until))
    return next(days, None)


def standard_on(day: date) -> Standard:
    """The version that holds on a day; without one nothing can be graded."""
    if (found := in_force(day)) is not None:
        return found
    raise Refusal(
        "streets.no_standard",
        mark("No grading standard was in force on %(day)s."),
        hint=mark("Correct the day of the inspection, or have the standard of that time entered."),
        params={"day": day},
        field="inspected_on",
    )


def graded(scores: Sequence[Decimal], *, on: date, asked: int = 0, satisfied: int = 0) -> Graded:
    """Points and grade by the standard of the inspection's day; residents' opinion has its published weight.

    Fewer answers than the standard asks for weigh nothing: a share of three people is no share.

    >>> graded([Decimal(20), Decimal(20), Decimal(18), Decimal(21)], on=date(2026, 10, 26)).grade
    'third'
    """
    standard = standard_on(on)
    points = sum(scores, Decimal(0))
    if standard.opinion_weight and asked >= standard.least_asked:
        opinion = WHOLE * satisfied / asked
        points = points * (1 - standard.opinion_weight) + opinion * standard.opinion_weight
    best_first = sorted(standard.bands.items(), key=lambda band: band[1], reverse=True)
    grade = next((grade for grade, least in best_first if points >= least), BELOW)
    return Graded(points, grade, standard)
