"""Where a formula gives no number: why a unit has none, and what is refused because it is no number at all."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from shoushan.core.errors import Refusal, mark
from shoushan.scoring import writing


class Why(Enum):
    """Why a formula gives no number for a unit."""

    MISSING = "missing"
    SILENT = "silent"
    NOT_APPLICABLE = "not_applicable"
    UNDEFINED = "undefined"  # nothing to divide by, or the mean of nothing


class AbsentError(Exception):
    """There is no number: for this reason, because of this name."""

    def __init__(self, why: Why, name: str = "") -> None:
        super().__init__(why, name)
        self.why = why
        self.name = name


def no_number(value: object) -> Refusal:
    """What is said where a word, a day or a list stands in the place of a number."""
    return Refusal(
        "facts.no_number_here",
        mark("“%(value)s” stands where the formula needs one number."),
        hint=mark("Add a list up, compare a word, or take the days between two dates."),
        params={"value": "[…]" if isinstance(value, tuple) else str(value)[:80]},
    )


def no_list(value: object, name: str) -> Refusal:
    """What is said where one number or one day stands in the place of a list."""
    return Refusal(
        "facts.no_list_here",
        mark("“%(value)s” stands where the formula needs the list %(name)s[]."),
        hint=mark("Give its entries one by one, such as %(name)s[1]; a list of one entry is a list too."),
        params={"value": writing.number(value) if isinstance(value, Fraction) else str(value), "name": name},
    )
