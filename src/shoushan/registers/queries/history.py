"""A register as it stood on a day, from the ledger: what is now, with every later change taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from shoushan.core.errors import Refusal, mark
from shoushan.ledger.queries import fields_before
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import STANDING, Record
from shoushan.registers.queries.listing import narrowed
from shoushan.registers.queries.wording import label_of, sayer
from shoushan.web import dates, figures

MOST_RECORDS = 5_000


@dataclass(frozen=True, slots=True)
class Then:
    """A record as it stood on a day, and what has changed since, in words: field, then, now."""

    record: Record
    values: list[str]
    changed: list[tuple[str, str, str]]
    is_gone: bool  # it turned out to be another record since
    figures: dict[str, tuple[int, int]]  # each figure of the list: then, and now


@dataclass(frozen=True, slots=True)
class Baseline:
    """A list as it was on a day, against today's: what stood, what came since, what is gone, and the sums of both."""

    on: date
    labels: list[str]
    rows: list[Then]
    new: list[tuple[Record, list[str]]]
    totals: list[tuple[str, str, str]]

    @property
    def changed(self) -> int:
        return sum(bool(row.changed) for row in self.rows)

    @property
    def gone(self) -> int:
        return sum(row.is_gone for row in self.rows)


def as_of(line: Line, person: Person, on: date, wanted: Mapping[str, str]) -> Baseline:
    """Every record that stood on a day, as it was at its end; refused where that would be too many to compare."""
    end = dates.end_of(on)
    chosen = {name: wanted.get(name, "") for name in ("unit", "q") if wanted.get(name)}
    known = narrowed(line, line.model.objects.visible_to(person), chosen, on=on)
    then = known.filter(entered_at__lt=end)
    count = then.count()
    if count > MOST_RECORDS:
        raise Refusal(
            "register.too_many",
            mark("%(count)s records stood on that day; at most %(most)s are compared at once."),
            hint=mark("Choose a unit, or search for a word."),
            params={"count": count, "most": MOST_RECORDS},
            field="as_of",
        )
    records = list(then.select_related("unit").order_by("-pk"))
    before = fields_before(line.model, [record.pk for record in records], end)
    names = [name for name in line.columns if name not in ("name", "unit")]
    says = {name: sayer(line, name) for name in dict.fromkeys([*names, "name", *_plain(line), "stage"])}
    rows = [_then(line, record, before.get(record.pk, {}), says) for record in records]
    rows = [row for row in rows if row is not None and (not wanted.get("stage") or _stood(row, line, wanted["stage"]))]
    standing = [row for row in rows if row is not None]
    new = list(known.filter(STANDING, entered_at__gte=end).select_related("unit").order_by("-pk")[:MOST_RECORDS])
    labels = [label_of(line, name) for name in ("name", "unit", *names)]
    added = [
        (record, [record.name, record.unit.name, *(says[name](getattr(record, name)) for name in names)])
        for record in new
    ]
    return Baseline(on, labels, standing, added, _totals(line, standing, new))


def _plain(line: Line) -> list[str]:
    """The fields of a register that hold a value of its own, and not another record."""
    return [name for name in line.fields if not line.model._meta.get_field(name).is_relation]


def _figures(line: Line) -> list[str]:
    """The list's columns that add up: money, trees, square metres."""
    return [name for name in line.columns if isinstance(line.model._meta.get_field(name), models.IntegerField)]


def _totals(line: Line, rows: list[Then], new: list[Any]) -> list[tuple[str, str, str]]:
    """Each figure of the list, added up as it stood then and as it stands now."""
    totals = []
    for name in _figures(line):
        then = sum(row.figures[name][0] for row in rows)
        now = sum(row.figures[name][1] for row in rows) + sum(getattr(record, name) or 0 for record in new)
        totals.append((label_of(line, name), figures.number(then), figures.number(now)))
    return totals


def _then(line: Line, record: Record, before: Mapping[str, Any], says: Mapping[str, Any]) -> Then | None:
    """The record with later changes taken back; none where it had been merged into another by then."""
    field = line.model._meta.get_field
    was = {name: field(name).to_python(value) for name, value in before.items() if name in says}  # type: ignore[union-attr]
    if ("merged_into" in before and before["merged_into"]) or ("merged_into" not in before and record.merged_into_id):  # type: ignore[attr-defined]
        return None
    shown = [name for name in line.columns if name not in ("name", "unit")]
    values = [says[name](was.get(name, getattr(record, name))) for name in shown]
    changed = [
        (label_of(line, name), says[name](value), says[name](getattr(record, name)))
        for name, value in was.items()
        if value != getattr(record, name)
    ]
    name = str(before.get("name", record.name))
    is_gone = record.merged_into_id is not None  # type: ignore[attr-defined]
    told = {
        each: (was.get(each, getattr(record, each)) or 0, 0 if is_gone else getattr(record, each) or 0)
        for each in _figures(line)
    }
    return Then(record, [name, record.unit.name, *values], changed, is_gone, told)


def _stood(row: Then, line: Line, stage: str) -> bool:
    return line.stage_label(stage) in row.values
