"""The rules across fields and rows that an intake declares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from shoushan.exchange.clerk.days import span_of
from shoushan.exchange.clerk.drafts import Draft
from shoushan.exchange.clerk.intake import (
    Bands,
    Check,
    Condition,
    Differs,
    Mentions,
    Missing,
    NotAbove,
    Order,
    TableIntake,
    Twins,
)
from shoushan.exchange.clerk.money import HOME
from shoushan.exchange.clerk.result import plain_value
from shoushan.exchange.clerk.words import narrow

ALIKE = 0.75
# Hostile workbooks hold the same row thousands of times with other names.
MOST_COMPARED = 5
SIGNS = re.compile(r"[\W_]+")
REFUSES = "required"


def check_rows(drafts: list[Draft], table: TableIntake, given: set[str]) -> None:
    """Carry out every check whose fields this workbook has."""
    for check in table.checks:
        if isinstance(check, Missing):
            _missing(drafts, table, check, given)
    rules = [(RULES[type(check)], check) for check in table.checks if type(check) in RULES]
    several = {name: field.least_named for name, field in table.fields.items() if field.least_named}
    for draft in drafts:
        if not draft.wrong:
            _named_enough(draft, several)
            for rule, check in rules:
                rule(draft, check)
    for check in table.checks:
        if isinstance(check, Twins):
            _twins([draft for draft in drafts if not draft.wrong], check)


def _missing(drafts: list[Draft], table: TableIntake, check: Missing, given: set[str]) -> None:
    fields = [name for name in check.fields if name in given]
    for draft in drafts:
        if not fields or not _holds(draft, check.when):
            continue
        empty = [name for name in fields if _is_empty(draft, name)]
        if not empty:
            continue
        if check.code == REFUSES:
            for name in empty:
                field = check.when.field if check.when else ""
                value = plain_value(draft.values.get(field, ""))
                draft.refuse(draft.at(name), "required_when", field=draft.at(field).label, value=value)
        elif not draft.wrong:
            options = tuple((choice, choice) for choice in table.fields[empty[0]].choices)
            value = plain_value(draft.values.get(check.when.field, "")) if check.when else ""
            draft.ask(
                draft.at(empty[0]), check.code, empties=not check.hold, hold=check.hold, options=options, value=value
            )


def _is_empty(draft: Draft, name: str) -> bool:
    return name not in draft.values and name not in draft.pending and name not in draft.unread


def _holds(draft: Draft, when: Condition | None) -> bool:
    if when is None:
        return True
    value = draft.values.get(when.field)
    return value is not None and (not when.among or str(value) in when.among)


def _order(draft: Draft, check: Check) -> None:
    """One question a row: about the first pair that stands the wrong way round."""
    assert isinstance(check, Order)  # noqa: S101
    dates = [(name, draft.values[name]) for name in check.dates if isinstance(draft.values.get(name), date | str)]
    for place, (later, late) in enumerate(dates):
        for earlier, early in dates[:place]:
            if span_of(late).last < span_of(early).first:
                draft.ask(
                    draft.at(later), check.code, hold=check.hold, later=draft.at(later).label,
                    earlier=draft.at(earlier).label, late=plain_value(late), early=plain_value(early),
                )  # fmt: skip
                return


def _not_above(draft: Draft, check: Check) -> None:
    assert isinstance(check, NotAbove)  # noqa: S101
    value, limit = draft.values.get(check.field), draft.values.get(check.limit)
    if check.currency and draft.values.get(check.currency, HOME) != HOME:
        return
    if isinstance(value, Decimal) and isinstance(limit, Decimal) and value > limit:
        at = draft.at(check.field)
        draft.ask(at, check.code, hold=check.hold, value=plain_value(value), limit=plain_value(limit))


def _differs(draft: Draft, check: Check) -> None:
    assert isinstance(check, Differs)  # noqa: S101
    named = [set(str(draft.values.get(name, "")).split(";")) - {""} for name in check.fields]
    if any(one & other for place, one in enumerate(named) for other in named[:place]):
        draft.ask(draft.at(check.fields[-1]), check.code, hold=check.hold)


def _bands(draft: Draft, check: Check) -> None:
    assert isinstance(check, Bands)  # noqa: S101
    score, grade = draft.values.get(check.score), draft.values.get(check.grade)
    if not isinstance(score, Decimal) or grade is None:
        return
    expected = next((name for name, least in check.bands.items() if score >= least), None)
    if expected and grade != expected:
        at = draft.at(check.grade)
        draft.ask(at, check.code, hold=check.hold, score=plain_value(score), expected=expected, grade=grade)


def _mentions(draft: Draft, check: Check) -> None:
    assert isinstance(check, Mentions)  # noqa: S101
    if any(word in str(draft.values.get(check.field, "")) for word in check.words):
        draft.ask(draft.at(check.field), check.code, hold=check.hold)


def _named_enough(draft: Draft, several: dict[str, int]) -> None:
    for name, least in several.items():
        value = draft.values.get(name)
        if isinstance(value, str) and len(value.split(";")) < least:
            draft.ask(draft.at(name), "one_inspector")


RULES: dict[type[Check], Callable[[Draft, Check], None]] = {
    Order: _order,
    NotAbove: _not_above,
    Differs: _differs,
    Bands: _bands,
    Mentions: _mentions,
}


def _twins(drafts: list[Draft], check: Twins) -> None:
    """Rows equal in some fields: each later one is asked about once, with the first it resembles."""
    groups: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        key = tuple(draft.values.get(name) for name in check.same)
        if None not in key:
            groups[key].append(draft)
    for group in groups.values():
        for place, draft in enumerate(group[1:], 1):
            code, first = _resembling(group[:place], draft, check)
            if first:
                at = draft.at(check.like or check.same[0])
                rows = f"{first.row}, {draft.row}"
                draft.ask(at, code, hold=check.hold, others=(first.row,), rows=rows)


def _resembling(earlier: list[Draft], draft: Draft, check: Twins) -> tuple[str, Draft | None]:
    if not check.like:
        return check.code, earlier[0]
    for other in earlier[-MOST_COMPARED:]:
        if alike(str(other.values.get(check.like, "")), str(draft.values.get(check.like, ""))):
            return check.code, other
    return (check.unlike_code, earlier[0]) if check.unlike_code else ("", None)


def alike(one: str, other: str) -> bool:
    """Whether two names are the same but for signs or a few characters."""
    one, other = SIGNS.sub("", narrow(one)), SIGNS.sub("", narrow(other))
    return one == other or likeness(one, other) >= ALIKE


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    return SequenceMatcher(None, one[:200], other[:200], autojunk=False).ratio() if one and other else 0.0
