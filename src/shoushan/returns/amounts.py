"""A figure as people type it, read only where it can mean one thing: “1,200”, “１２００”, “12万”, “12万元”, “98%”.

Digits in groups of three, full-width digits and spaces are fine. 万 and 亿 multiply what is counted one by one; the
unit of measure may stand behind where it is the figure's own. Everything else is refused with what was understood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from shoushan.core.errors import Refusal, mark

LONGEST = 40
# han: the words for powers of ten, as people type them
TIMES = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "万亿": Decimal(10) ** 12}
NUMBER = re.compile(
    rf"(?P<number>[+-]?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,40}})(?:\.\d{{1,40}})?)"
    rf"(?P<times>{'|'.join(sorted(TIMES, reverse=True, key=len))})?(?P<unit>[^\d.,+-]*)"
)
# han: what may stand behind a figure of a measure, as people type it
UNITS = {"yuan": "元", "percent": "%", "person": "人 名", "item": "个 项 件", "tree": "株 棵", "hectare": "公顷"}


@dataclass(frozen=True, slots=True)
class Read:
    """A figure, and whether it was written with more than digits, so that its reader is told what was understood."""

    number: Decimal
    is_understood: bool


def read_amount(typed: str, measure: str = "") -> Decimal | None:
    """The number somebody typed for a figure of this measure; None for nothing at all."""
    read = understand(typed, measure)
    return read.number if read else None


def understand(typed: str, measure: str = "") -> Read | None:
    """What somebody typed, in the figure's own measure; what may mean two things is refused and asked back."""
    text = "".join(unicodedata.normalize("NFKC", typed).split()).replace("−", "-")  # noqa: RUF001
    if not text:
        return None
    found = NUMBER.fullmatch(text) if len(text) <= 2 * LONGEST else None
    if found is None:
        raise _no_number(typed)
    number = Decimal(found["number"].replace(",", ""))
    times, unit = found["times"], found["unit"]
    if unit and unit not in _units_of(measure):
        raise _other_unit(typed, unit)
    if times is None:
        return Read(number, bool(unit))
    if measure not in UNITS or measure == "percent":
        raise _which_power(typed, found["number"], number * TIMES[times])
    return Read(number * TIMES[times], True)


def _units_of(measure: str) -> frozenset[str]:
    """A measure that is a word of its own (公里) may stand behind its figures too."""
    return frozenset(UNITS.get(measure, unicodedata.normalize("NFKC", measure)).split())


def _no_number(typed: str) -> Refusal:
    return Refusal(
        "value.not_a_number",
        mark("“%(typed)s” is not a plain number."),
        hint=mark("Type digits only; the unit of measure stands beside the field."),
        params={"typed": typed.strip()[:LONGEST]},
        field="amount",
    )


def _other_unit(typed: str, unit: str) -> Refusal:
    return Refusal(
        "value.other_unit",
        mark("“%(typed)s” was understood as a figure in %(unit)s, and this one is counted in something else."),
        hint=mark("Convert it yourself and type digits only; nothing is converted here."),
        params={"typed": typed.strip()[:LONGEST], "unit": unit[:10]},
        field="amount",
    )


def _which_power(typed: str, number: str, whole: Decimal) -> Refusal:
    return Refusal(
        "value.which_power",
        mark("“%(typed)s” may mean %(number)s or %(whole)s here, and it is not guessed."),
        hint=mark("Type the one you mean, with digits only."),
        params={"typed": typed.strip()[:LONGEST], "number": number, "whole": whole},
        field="amount",
    )
