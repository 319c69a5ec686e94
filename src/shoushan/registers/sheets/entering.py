"""The rows of a plan entered: some hundreds a transaction, so that whatever stops it loses nothing that is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, Refusals
from shoushan.orgs.models import Person, Unit
from shoushan.registers import actions
from shoushan.registers.lines import Line
from shoushan.registers.sheets.planning import AT_ONCE, CHANGE, CREATE, SAME, BadCell, Planned

Tell = Callable[[int], None]


@dataclass(slots=True)
class Done:
    """What became of a workbook."""

    created: int = 0
    changed: int = 0
    same: int = 0
    bad: list[BadCell] = field(default_factory=list)


def enter(line: Line, good: Sequence[Planned], *, on: date, by: Person, tell: Tell = lambda done: None) -> Done:
    """Enter what a plan found good; a row that somebody changed meanwhile is refused by itself."""
    done = Done(same=sum(each.what == SAME for each in good))
    new = [each for each in good if each.what == CREATE]
    units = {unit.code: unit for unit in Unit.objects.all()}
    for start in range(0, len(new), AT_ONCE):
        _create(line, new[start : start + AT_ONCE], units, done, on=on, by=by)
        tell(min(start + AT_ONCE, len(new)))
    for each in good:
        if each.what == CHANGE:
            _change(line, each, done, by=by)
    return done


def _create(line: Line, some: Sequence[Planned], units: dict[str, Unit], done: Done, *, on: date, by: Person) -> None:
    entries = [actions.Entry(units[each.row.unit], each.values, on) for each in some]
    try:
        actions.enter_many(line, entries, by=by)
        done.created += len(entries)
    except Refusal:
        # one of them cannot be entered; which, each says for itself
        for each, entry in zip(some, entries, strict=True):
            _create_one(line, each, entry, done, by=by)


def _create_one(line: Line, each: Planned, entry: actions.Entry, done: Done, *, by: Person) -> None:
    try:
        with transaction.atomic():
            actions.enter_many(line, [entry], by=by)
        done.created += 1
    except Refusal as refusal:
        _refuse(each, refusal, done)


def _change(line: Line, each: Planned, done: Done, *, by: Person) -> None:
    try:
        record = line.model.objects.visible_to(by).get(pk=each.pk)
        given: dict[str, Any] = {name: each.values[name] for name in each.changes}
        if "local" in given:
            given["local"] = {**record.local, **given["local"]}
        actions.edit(record, given, version=each.version, by=by)
        done.changed += 1
    except Refusal as refusal:
        _refuse(each, refusal, done)


def _refuse(each: Planned, refusal: Refusal, done: Done) -> None:
    told = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
    done.bad += [BadCell(each.row.sheet, each.row.number, one.field, "", one) for one in told]
