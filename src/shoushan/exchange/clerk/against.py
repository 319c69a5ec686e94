"""This month against the last: which record is which, what changed, what was renamed, what can only grow and fell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shoushan.exchange.clerk.checks import SIGNS, likeness
from shoushan.exchange.clerk.intake import Intake, TableIntake
from shoushan.exchange.clerk.result import Question, RecordRead, Result, plain_value, question_json
from shoushan.exchange.clerk.wording import QUESTIONS
from shoushan.exchange.clerk.words import narrow

LEAST_LIKENESS = 0.5
LEAST_SHARED = 0.5
MOST_COMPARED = 1000


@dataclass(frozen=True)
class Pair:
    """A record of this month and the one of last month it continues."""

    sheet: str
    row: int
    previous_row: int
    changed: list[str]
    renamed: bool = False


@dataclass(frozen=True)
class Against:
    """All pairs, what is new, what is gone, and what must be asked before it goes in."""

    pairs: list[Pair] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "pairs": [{"row": one.row, "previous_row": one.previous_row, "changed": one.changed} for one in self.pairs],
            "questions": [question_json(one) for one in self.questions],
        }


def against(previous: Sequence[RecordRead], result: Result, intake: Intake) -> Against:
    """Compare the rows of a result with the records of the last workbook."""
    found = Against()
    for name, table in intake.tables.items():
        if table.identity:
            old = [one for one in previous if one.table == name]
            _compare(old, [one for one in result.rows if one.table == name], table, result, found)
    return found


def _compare(old: list[RecordRead], new: list[RecordRead], table: TableIntake, result: Result, found: Against) -> None:
    pairs, left_old, left_new = _by_name(old, new, table.identity)
    renamed = _by_likeness(left_old, left_new, table)
    for now, before in sorted([*pairs, *renamed], key=lambda pair: pair[0].row):
        is_renamed = (now, before) in renamed
        changed = _changed(now, before, table)
        found.pairs.append(Pair(now.sheet, now.row, before.row, changed, is_renamed))
        if _is_refused(now, result):
            continue
        if is_renamed:
            found.questions.append(_question("renamed", now, table.identity, now.fields, before.fields, result))
        for name in table.fields:
            if table.fields[name].cumulative and _fell(now.fields.get(name), before.fields.get(name)):
                found.questions.append(_question("cumulative_fell", now, name, now.fields, before.fields, result))
    found.new.extend(one.row for one in left_new if all(one is not now for now, _ in renamed))
    found.gone.extend(one.row for one in left_old if all(one is not before for _, before in renamed))


Pairs = list[tuple[RecordRead, RecordRead]]


def _by_name(
    old: list[RecordRead], new: list[RecordRead], identity: str
) -> tuple[Pairs, list[RecordRead], list[RecordRead]]:
    """Records with the same name; where a name stands twice, in the order of their rows."""
    named: dict[str, list[RecordRead]] = defaultdict(list)
    for one in reversed(old):
        named[_plain(one.fields.get(identity))].append(one)
    pairs: Pairs = []
    left = []
    for one in new:
        name = _plain(one.fields.get(identity))
        if name and named[name]:
            pairs.append((one, named[name].pop()))
        else:
            left.append(one)
    taken = {id(before) for _, before in pairs}
    return pairs, [one for one in old if id(one) not in taken], left


def _by_likeness(old: list[RecordRead], new: list[RecordRead], table: TableIntake) -> Pairs:
    """Records whose name is like that of one gone, and which agree in most of what does not change."""
    offers = []
    for now in new[:MOST_COMPARED]:
        for before in old[:MOST_COMPARED]:
            shared = [name for name in table.identity_with if now.fields.get(name) is not None]
            same = sum(now.fields.get(name) == before.fields.get(name) for name in shared)
            if not shared or same <= LEAST_SHARED * len(shared):
                continue
            like = likeness(_plain(now.fields.get(table.identity)), _plain(before.fields.get(table.identity)))
            if like >= LEAST_LIKENESS:
                offers.append((like + same / len(shared), now.row, before.row, now, before))
    pairs: Pairs = []
    for _, _, _, now, before in sorted(offers, key=lambda offer: (-offer[0], offer[1], offer[2])):
        if all(now is not one and before is not other for one, other in pairs):
            pairs.append((now, before))
    return pairs


def _changed(now: RecordRead, before: RecordRead, table: TableIntake) -> list[str]:
    """Fields that differ; what is pending is not known, and what was refused differs unless written the same."""
    changed = []
    for name in table.fields:
        if name in now.pending or name in before.pending:
            continue
        if name in now.unread or name in before.unread:
            one, other = now.unread.get(name), before.unread.get(name)
            if one is None or one != other:
                changed.append(name)
        elif _kept(now.fields.get(name)) != _kept(before.fields.get(name)):
            changed.append(name)
    return sorted(changed)


def _kept(value: Any) -> Any:
    return narrow(value) if isinstance(value, str) else value


def _fell(now: Any, before: Any) -> bool:
    return isinstance(now, Decimal) and isinstance(before, Decimal) and now < before


def _is_refused(record: RecordRead, result: Result) -> bool:
    return any(one.row == record.row and one.sheet == record.sheet for one in result.refused)


def _question(
    code: str, record: RecordRead, name: str, now: dict[str, Any], before: dict[str, Any], result: Result
) -> Question:
    params = {"now": plain_value(now.get(name)), "before": plain_value(before.get(name))}
    return Question(
        id=f"{record.sheet}|{name}|{code}|{record.row}", code=code, sheet=record.sheet, column=name,
        rows=[record.row], cells=[record.cells.get(name, "")], message=QUESTIONS[code].message, params=params,
        hold=[record.row], plan=name,
    )  # fmt: skip


def _plain(name: Any) -> str:
    return SIGNS.sub("", narrow(str(name or "")))
