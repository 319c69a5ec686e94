"""A register as it stood on a day, from the ledger: what is now, with every later change taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from shoushan.core.errors import Refusal, mark
from shoushan.ledger.queries import fields_before
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import Record
from shoushan.registers.queries.listing import narrowed
from shoushan.registers.queries.wording import label_of, sayer

MOST_RECORDS = 5_000


@dataclass(frozen=True, slots=True)
class Then:
    """A record as it stood on a day, and what has changed since, in words: field, then, now."""

    record: Record
    values: list[str]
    changed: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A list as it was on a day, against today's."""

    on: date
    labels: list[str]
    rows: list[Then]
    added: int
    changed: int


def as_of(line: Line, person: Person, on: date, wanted: Mapping[str, str]) -> Baseline:
    """Every record that stood on a day, as it was at its end; refused where that would be too many to compare."""
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
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
    says = {name: sayer(line, name) for name in ("name", *names)}
    rows = [_then(line, record, before.get(record.pk, {}), says) for record in records]
    rows = [row for row in rows if row is not None and (not wanted.get("stage") or _stood(row, line, wanted["stage"]))]
    standing = [row for row in rows if row is not None]
    return Baseline(
        on,
        [label_of(line, name) for name in ("name", "unit", *names)],
        standing,
        known.filter(entered_at__gte=end).count(),
        sum(bool(row.changed) for row in standing),
    )


def _then(line: Line, record: Record, before: Mapping[str, Any], says: Mapping[str, Any]) -> Then | None:
    """The record with later changes taken back; none where it had been merged into another by then."""
    field = line.model._meta.get_field
    was = {name: field(name).to_python(value) for name, value in before.items() if name in says}  # type: ignore[union-attr]
    if ("merged_into" in before and before["merged_into"]) or ("merged_into" not in before and record.merged_into_id):  # type: ignore[attr-defined]
        return None
    name, *values = (say(was.get(name, getattr(record, name))) for name, say in says.items())
    changed = [
        (label_of(line, name), says[name](value), says[name](getattr(record, name)))
        for name, value in was.items()
        if value != getattr(record, name)
    ]
    return Then(record, [name, record.unit.name, *values], changed)


def _stood(row: Then, line: Line, stage: str) -> bool:
    return line.stage_label(stage) in row.values
