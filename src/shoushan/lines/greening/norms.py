"""What a planting is held against: season, size of the stock, survival; dated texts in `norms.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shoushan.registers.fields import first_and_last

FIRST_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def norms() -> Mapping[str, Any]:
    """The whole file."""
    read: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "norms.yaml").read_text(encoding="utf-8"))
    return read


def out_of_season(planted_on: str) -> bool:
    """Whether every day the planting may have happened on lies outside the season; in doubt it does not.

    >>> out_of_season("2026-07"), out_of_season("2026-03-11/2026-03-20"), out_of_season("")
    (True, False, False)
    """
    if not planted_on:
        return False
    return not {day.month for day in first_and_last(planted_on)} & set(norms()["season"]["months"])


def undersized(spec: str) -> bool:
    """Whether the stock is thinner than the norm; the first number of a specification is its diameter in cm.

    >>> undersized("φ4cm"), undersized("6-8"), undersized("")
    (True, False, False)
    """
    found = FIRST_NUMBER.search(spec)
    return found is not None and Decimal(found[0]) < norms()["stock"]["least_cm"]


def season_over(planted_on: str) -> date:
    """The last day of the first growing season after planting; only then survival is checked.

    >>> season_over("2026-03"), season_over("2026-11-02")
    (datetime.date(2026, 9, 30), datetime.date(2027, 9, 30))
    """
    last, growing = first_and_last(planted_on)[1], norms()["growing"]
    year = last.year if last.month < growing["planted_before_month"] else last.year + 1
    return date(year, *growing["ends"])


def least_survival(kind: str) -> tuple[Decimal, str]:
    """The share that must be alive, and the text that says so."""
    for each in norms()["survival"]:
        if each["kind"] in ("", kind):
            return Decimal(str(each["least"])), each["source"]
    raise LookupError(kind)
