"""Indicators computed from a line's records: one Ibis expression, run on Django's own connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection, models

from shoushan.ledger.queries import as_it_was
from shoushan.registers import counting
from shoushan.registers.lines import Line, Measure, line_named
from shoushan.registers.models import Step

DIALECT = {"sqlite": "sqlite", "postgresql": "postgres"}


@dataclass(frozen=True, slots=True)
class Measured:
    """What one unit's records came to on one day: reported (claimed or confirmed), and verified."""

    unit_id: int
    on: date
    reported: Decimal
    verified: Decimal


def measure(line: Line, wanted: Measure, *, since: date, until: date) -> list[Measured]:
    """A measure by unit and day within a time, both days included."""
    with connection.cursor() as cursor:
        cursor.execute(compiled(line.key, wanted.key, connection.vendor), [since.isoformat(), until.isoformat()])
        return measured(wanted, cursor.fetchall())


def measured(wanted: Measure, rows: Iterable[Sequence[Any]]) -> list[Measured]:
    """An engine's rows as exact figures, whatever its driver calls a day and a sum."""
    return [
        Measured(unit, _day(on), _exact(reported) / wanted.per, _exact(verified) / wanted.per)
        for unit, on, reported, verified in rows
    ]


def measure_known(line: Line, wanted: Measure, *, since: date, until: date, known: datetime) -> list[Measured]:
    """A measure as far as it was entered and confirmed at a moment; what a record is worth is taken as it stands today.

    A stage that was withdrawn or sent back since counts as it did then.
    """
    steps = as_it_was(Step.objects.filter(line=line.key, stage=wanted.stage), known)
    state_of = {step.pk: step.state for step in steps}
    with connection.cursor() as cursor:
        sql = _compiled_steps(line.key, wanted.key, connection.vendor)
        cursor.execute(sql, [since.isoformat(), until.isoformat()])
        rows = cursor.fetchall()
    sums: dict[tuple[int, Any], list[int]] = {}
    for step, unit, on, counted in rows:
        state = state_of.get(step)
        if state in (Step.State.CLAIMED, Step.State.CONFIRMED):
            both = sums.setdefault((unit, on), [0, 0])
            both[0] += int(counted or 0)
            both[1] += int(counted or 0) if state == Step.State.CONFIRMED else 0
    return measured(wanted, [(unit, on, *both) for (unit, on), both in sums.items()])


@lru_cache
def _compiled_steps(line_key: str, measure_key: str, vendor: str) -> str:
    import ibis  # noqa: PLC0415 - as above

    sql = str(ibis.to_sql(counted_records(*_named(line_key, measure_key), standing=False), dialect=DIALECT[vendor]))
    return (
        f"SELECT step_pk, unit_id, happened_on, counted FROM ({sql}) AS m "  # noqa: S608 - our own expression
        "WHERE happened_on BETWEEN %s AND %s"
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """One record behind a figure: the day its stage happened, what it counts for, and whether it is confirmed."""

    record_id: int
    on: date
    amount: Decimal
    is_confirmed: bool


def records_behind(line: Line, wanted: Measure, *, unit_id: int, since: date, until: date) -> list[Counted]:
    """The records that make a unit's figure, from the very expression that sums them, in the order of their days."""
    with connection.cursor() as cursor:
        sql = _compiled_records(line.key, wanted.key, connection.vendor)
        cursor.execute(sql, [unit_id, since.isoformat(), until.isoformat()])
        rows = cursor.fetchall()
    return [
        Counted(record, _day(on), _exact(counted) / wanted.per, state == "confirmed")
        for record, on, counted, state in rows
    ]


@lru_cache
def _compiled_records(line_key: str, measure_key: str, vendor: str) -> str:
    import ibis  # noqa: PLC0415 - half a second to import, so only when a figure is asked for

    sql = str(ibis.to_sql(counted_records(*_named(line_key, measure_key)), dialect=DIALECT[vendor]))
    return (
        f"SELECT record_pk, happened_on, counted, state FROM ({sql}) AS m "  # noqa: S608 - our own expression
        "WHERE unit_id = %s AND happened_on BETWEEN %s AND %s ORDER BY happened_on, record_pk"
    )


def _named(line_key: str, measure_key: str) -> tuple[Line, Measure]:
    line = line_named(line_key)
    return line, next(each for each in line.measures if each.key == measure_key)


def _day(on: Any) -> date:
    """A day, which SQLite gives as its text."""
    return on if isinstance(on, date) else date.fromisoformat(on)


def _exact(number: Any) -> Decimal:
    """Records hold whole numbers only, so a sum is one too, whatever the driver calls it."""
    return Decimal(int(number or 0))


@lru_cache
def compiled(line_key: str, measure_key: str, vendor: str) -> str:
    """The SQL of a measure for a database, with two places for the first and last day."""
    return to_sql(expression(*_named(line_key, measure_key)), DIALECT[vendor])


def to_sql(table: Any, dialect: str) -> str:
    """Any Ibis expression as one engine's SQL, with the two day placeholders of the connection."""
    import ibis  # noqa: PLC0415 - half a second to import, so only when a figure is asked for

    sql = str(ibis.to_sql(table, dialect=dialect))
    return f"SELECT unit_id, happened_on, reported, verified FROM ({sql}) AS m WHERE happened_on BETWEEN %s AND %s"  # noqa: S608


def expression(line: Line, wanted: Measure) -> Any:
    """Unit, day, reported and verified sums of a measure, as an Ibis table."""
    import ibis  # noqa: PLC0415 - as above

    counted = counted_records(line, wanted)
    return counted.group_by(["unit_id", "happened_on"]).aggregate(
        reported=counted.counted.sum(),
        verified=ibis.ifelse(counted.state == "confirmed", counted.counted, 0).sum(),
    )


def counted_records(line: Line, wanted: Measure, *, standing: bool = True) -> Any:
    """Step, record, unit, day, state and what it counts for: the rows that the sums are made of."""
    import ibis  # noqa: PLC0415 - as above

    records = _table(line.model)
    # a record that turned out to be another one counts no more
    records = records.filter(records.merged_into_id.isnull()).rename(record_pk="id", at_stage="stage")
    steps = _table(Step).rename(step_stage="stage")
    steps = steps.filter(steps.line == line.key, steps.step_stage == wanted.stage)
    if standing:
        steps = steps.filter(steps.state.isin(["claimed", "confirmed"]))
    steps = steps.select("record_id", "happened_on", "state", step_pk="id")
    row = records.join(steps, records.record_pk == steps.record_id)
    if wanted.beside:
        reference: Any = line.model._meta.get_field(wanted.beside)
        other = _table(reference.related_model)
        named = {f"{wanted.beside}_{'pk' if column == 'id' else column}": column for column in other.columns}
        other = other.rename(named)
        row = row.left_join(other, row[reference.column] == other[f"{wanted.beside}_pk"])
    if wanted.where is not None:
        counting.check_reach(line, wanted, row)
        row = row.filter(wanted.where(row))
    value = wanted.value(row) if wanted.value is not None else ibis.literal(1, "int64")
    return row.select("step_pk", "record_pk", "unit_id", "happened_on", "state", counted=value)


_TYPES: dict[str, str] = {
    "BigAutoField": "int64",
    "BigIntegerField": "int64",
    "PositiveBigIntegerField": "int64",
    "PositiveIntegerField": "int64",
    "PositiveSmallIntegerField": "int64",
    "ForeignKey": "int64",
    "DateField": "date",
    "DateTimeField": "timestamp",
    "BooleanField": "boolean",
    "JSONField": "json",
}


def _table(model: type[models.Model]) -> Any:
    import ibis  # noqa: PLC0415 - as above

    columns = {field.column: _TYPES.get(field.get_internal_type(), "string") for field in model._meta.concrete_fields}
    return ibis.table(columns, name=model._meta.db_table)
