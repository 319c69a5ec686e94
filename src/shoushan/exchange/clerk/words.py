"""The words all offices share, from ``words.yaml``, made ready for use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

PATH = Path(__file__).with_name("words.yaml")


class Section(BaseModel):
    """A part of the words: fixed, and a misspelt key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Days(Section):
    forms: list[str]
    thirds: dict[str, tuple[int, int]]
    ends: list[str]
    deadline: list[str]
    this_month: list[str]
    years: list[str]


class Period(Section):
    year: str
    half: dict[str, int]
    quarters: dict[str, int]
    until: str
    months: str


class Ticks(Section):
    yes: frozenset[str]
    no: frozenset[str]
    empty: frozenset[str]


class Words(Section):
    scales: list[str]
    yuan: str
    ten_thousand: str
    currencies: dict[str, list[str]]
    approximate: list[str]
    planned: list[str]
    days: Days
    period: Period
    total: list[str]
    subtotal: str
    serial: list[str]
    personal: list[str]
    notes: list[str]
    signature: list[str]
    unit_line: list[str]
    stems: str
    ordinals: str
    ticks: Ticks
    nothing: frozenset[str]
    dashes: frozenset[str]
    areas: dict[str, list[str]]
    lengths: dict[str, int]
    counts: list[str]
    places: list[str]
    all_together: list[str]
    workdays: list[str]
    not_workdays: list[str]
    unit_endings: list[str]
    unit_seats: list[str]
    together: list[str]
    tenths: str
    percent_before: str
    each: str
    holds: list[str]
    colours: dict[str, str]
    colour_words: dict[str, list[str]]
    legend: str
    legend_signs: list[str]

    @cached_property
    def currency_of(self) -> dict[str, str]:
        """Each narrow name or sign of a currency, with its code."""
        return {narrow(name): code for code, names in self.currencies.items() for name in names}

    @cached_property
    def area_of(self) -> dict[str, str]:
        return {narrow(name): unit for unit, names in self.areas.items() for name in names}

    @cached_property
    def day_forms(self) -> list[re.Pattern[str]]:
        return [re.compile(form) for form in self.days.forms]


@cache
def words() -> Words:
    """The vocabulary, read once."""
    written: Any = yaml.safe_load(PATH.read_text("utf-8"))
    return Words.model_validate(written)


def any_of(names: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    return "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))


def narrow(text: str) -> str:
    """Narrow letters, digits and signs, without any space."""
    return "".join(unicodedata.normalize("NFKC", text).split())
