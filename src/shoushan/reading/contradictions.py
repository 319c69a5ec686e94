"""Sums a document states (36项，新建25个，续建11个): whether the parts add up to the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from shoushan.core.errors import mark
from shoushan.reading.commitment import Commitment, Span
from shoushan.reading.numerals import plain_decimal
from shoushan.reading.page import simplified

MOST_PARTS = 12
ADDS_UP = mark("%(whole)s = %(parts)s: the parts add up.")
DIFFERS = mark("%(whole)s is stated, but the parts %(parts)s add up to %(sum)s.")
TWICE = mark("“%(indicator)s” is stated as %(first)s and as %(second)s.")
# Words that make a list of parts a whole list; 其中 alone may leave parts out.
OF_WHICH = re.compile("其中|包括|包含|分为|[:：]|即")
WHOLE_LIST = re.compile("分为|由.{0,20}组成")
PAIRS = (
    ("新建", "续建"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("男", "女"),
    ("上半年", "下半年"),
    ("国有", "民营"),
    ("存量", "增量"),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A whole and its parts, or a figure stated twice (前后不一).

    ``adds_up`` is true for a sum that was checked and is right; the others need a person's eye.
    """

    at: Span
    passage: Span
    message: str
    params: Mapping[str, str] = field(default_factory=dict)
    adds_up: bool = False
    parts: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.message % self.params


def contradictions(text: str, commitments: Sequence[Commitment]) -> list[Contradiction]:
    """Sums in the document that were checked, and figures that contradict each other."""
    plain = simplified(text)
    targets = sorted((one for one in commitments if _counts(one)), key=lambda one: one.at)
    found = [checked for _, row in groupby(targets, key=lambda one: one.passage) for checked in _sums(plain, list(row))]
    return sorted([*found, *_twice(targets)], key=lambda one: one.at)


def _counts(one: Commitment) -> bool:
    return one.kind == "target" and isinstance(one.value, str) and one.compare != "never" and bool(one.unit)


def _number(one: Commitment) -> Decimal:
    return Decimal(str(one.value))


def _sums(text: str, row: list[Commitment]) -> Iterator[Contradiction]:
    """Every whole of a sentence with the lists of parts that follow it."""
    taken: set[Span] = set()
    for place, whole in enumerate(row):
        if whole.at in taken or whole.basis in {"growth", "share", "decline", "rank"} or _number(whole) <= 0:
            continue
        lists = list(_lists(text, whole, row[place + 1 : place + 1 + MOST_PARTS]))
        complete = any(sum(map(_number, parts)) == _number(whole) for parts in lists)
        for parts in lists:
            total = sum(map(_number, parts), Decimal(0))
            right = total == _number(whole)
            if right or total > _number(whole) or complete or _exhausts(text, whole, parts):
                taken.update(part.at for part in parts)
                yield _sum(whole, parts, total)


def _lists(text: str, whole: Commitment, following: list[Commitment]) -> Iterator[list[Commitment]]:
    """The lists of parts after a whole: parts of one unit, a new list at each 其中 or where a list is complete."""
    parts: list[Commitment] = []
    linked = False
    end = whole.at[1]
    for one in following:
        between = text[end : one.at[0]]
        if one.unit != whole.unit or one.basis in {"growth", "share", "decline"} or "；" in between:
            break
        starts = bool(OF_WHICH.search(between))
        full = sum(map(_number, parts)) == _number(whole)
        if parts and (starts or full):
            if len(parts) > 1 and (linked or full or _paired(text, whole.at[1], parts)):
                yield parts
            parts = []
        linked = linked or starts
        parts.append(one)
        end = one.at[1]
    if len(parts) > 1 and (linked or sum(map(_number, parts)) == _number(whole) or _paired(text, whole.at[1], parts)):
        yield parts


def _paired(text: str, start: int, parts: list[Commitment]) -> bool:
    words = text[start : parts[-1].at[1]]
    return any(one in words and other in words for one, other in PAIRS)


def _exhausts(text: str, whole: Commitment, parts: list[Commitment]) -> bool:
    words = text[whole.at[1] : parts[-1].at[1]]
    return bool(WHOLE_LIST.search(words)) or (len(parts) == 2 and _paired(text, whole.at[1], parts))


def _sum(whole: Commitment, parts: list[Commitment], total: Decimal) -> Contradiction:
    right = total == _number(whole)
    return Contradiction(
        at=(whole.at[0], parts[-1].at[1]),
        passage=whole.passage,
        message=ADDS_UP if right else DIFFERS,
        params={
            "whole": plain_decimal(_number(whole)),
            "parts": " + ".join(plain_decimal(_number(part)) for part in parts),
            "sum": plain_decimal(total),
        },
        adds_up=right,
        parts=tuple(part.at for part in parts),
    )


def _twice(targets: list[Commitment]) -> Iterator[Contradiction]:
    """The same level of the same indicator with two values."""
    stated: dict[tuple[str, ...], Commitment] = {}
    for one in targets:
        key = (one.indicator, one.unit, one.basis, one.compare, one.deadline or "")
        first = stated.setdefault(key, one)
        alike = one.basis in {"level", "growth", "share"} and len(one.indicator) > 3
        if alike and first.passage != one.passage and first.value != one.value and first.section == one.section:
            params = {"indicator": one.indicator, "first": first.words, "second": one.words}
            yield Contradiction(one.at, one.passage, TWICE, params, parts=(first.at, one.at))
