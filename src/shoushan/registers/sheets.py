"""A line's workbook, out and in: keyed, so that entering it again never doubles a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from shoushan.core.errors import Refusal, mark
from shoushan.exchange import foreign
from shoushan.exchange.sheets import Column, Fault, Reading, RowRead, read_table, write_faults_xlsx, write_xlsx
from shoushan.orgs.models import Person, Unit
from shoushan.registers import actions
from shoushan.registers.lines import Line
from shoushan.registers.models import Record

KINDS = {"PositiveBigIntegerField": "integer", "DateField": "date", "DecimalField": "decimal"}


@dataclass(slots=True)
class Entered:
    """What became of a workbook: created, changed, left as they were, and the rows refused with their reasons."""

    created: int = 0
    changed: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    reading: Reading | None = None


def columns(line: Line) -> list[Column]:
    """The unit, then the line's own fields; the stage goes out but never comes in, since it needs evidence."""
    units = {unit.code: unit.name for unit in Unit.objects.all()}
    found = [Column("unit", str(Unit._meta.verbose_name), kind="choice", required=True, choices=units)]
    for name in line.fields:
        own = line.model._meta.get_field(name)
        assert isinstance(own, models.Field)  # noqa: S101 - a line's fields are checked at start-up
        choices = {str(value): shown for value, shown in own.choices or ()}
        kind: Any = "choice" if choices else KINDS.get(own.get_internal_type(), "text")
        found.append(Column(name, own.verbose_name, kind=kind, required=name in line.required, choices=choices))
    return found


def export(line: Line, records: Iterable[Record]) -> bytes:
    """The workbook of some records, with each one's key in a hidden column."""
    stage = Column("stage", line.model._meta.get_field("stage").verbose_name)
    rows = (
        {
            "key": str(record.pk),
            "unit": record.unit.code,
            "stage": line.stage_label(record.stage),
            **{name: getattr(record, name) for name in line.fields},
        }
        for record in records
    )
    return write_xlsx([*columns(line), stage], rows, title=str(line.label), keyed=True)


def enter(line: Line, data: bytes, name: str, *, on: Any, by: Person) -> Entered:
    """Enter a workbook: good rows go in, each refused one keeps its reason; nothing is entered twice."""
    reading = read_table(foreign.read_sheet(data, name), columns(line))
    done = Entered(faults=list(reading.faults), reading=reading)
    units = {unit.code: unit for unit in Unit.objects.visible_to(by)}
    for row in reading.rows:
        try:
            with transaction.atomic():
                _enter_row(line, row, units, done, on=on, by=by)
        except Refusal as refusal:
            reading.faulty[row.number] = row.values
            done.faults.append(Fault(row.number, "", "", refusal.code, refusal.message, refusal.hint, refusal.params))
    return done


def _enter_row(line: Line, row: RowRead, units: dict[str, Unit], done: Entered, *, on: Any, by: Person) -> None:
    values = dict(row.values)
    key, code = values.pop("key", None), str(values.pop("unit"))
    fields = {name: "" if value is None and _is_text(line, name) else value for name, value in values.items()}
    if code not in units:
        raise Refusal(
            "access.scope",
            mark("This unit's records are not yours to enter."),
            hint=mark("Ask the administrator for a role."),
        )
    _check(line, units[code], fields)
    if key:
        _change(line, str(key), fields, done, by=by)
        return
    double = line.model.objects.filter(**{name: fields[name] for name in line.same}).first()
    if double is not None:
        raise Refusal(
            "record.double",
            mark("“%(name)s” is in the register already."),
            hint=mark("Export the register and change the row there; its key keeps it one record."),
            params={"name": double.name},
        )
    actions.enter(line, units[code], fields, on=on, by=by)
    done.created += 1


def _change(line: Line, key: str, fields: dict[str, Any], done: Entered, *, by: Person) -> None:
    record = line.model.objects.visible_to(by).filter(pk=key).first() if key.isdecimal() else None
    if record is None:
        raise Refusal(
            "record.key",
            mark("No record has this row's key."),
            hint=mark("Leave the hidden key column as exported, or empty for a new record."),
        )
    before = record.version
    after = actions.edit(record, fields, by=by)
    if after.version == before:
        done.same += 1
    else:
        done.changed += 1


def _is_text(line: Line, name: str) -> bool:
    return isinstance(line.model._meta.get_field(name), models.CharField | models.TextField)


def _check(line: Line, unit: Unit, fields: dict[str, Any]) -> None:
    """What the database would refuse, said before it is asked."""
    try:
        line.model(unit=unit, **fields).clean_fields(exclude=["stage", "entered_by", "entered_at"])
    except ValidationError as error:
        name, said = next(iter(error.message_dict.items()))
        raise Refusal("record.field", mark("%(field)s: %(fault)s"), params={"field": name, "fault": said[0]}) from error


def faults_workbook(line: Line, done: Entered, *, reason: str, say: Any) -> bytes:
    """The refused rows as a workbook with the reason beside each, to be mended and entered again."""
    assert done.reading is not None  # noqa: S101 - only asked for after reading
    reading = Reading(done.reading.sheet, [], done.faults, done.reading.faulty, done.reading.unknown)
    return write_faults_xlsx(columns(line), reading, title=str(line.label), reason_label=reason, say=say)
