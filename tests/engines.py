"""A register's rows on other engines: copied out of Django's database as they stand, and the same measure run there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
from django.db import models

from shoushan.registers.lines import Line, Measure
from shoushan.registers.measures import Measured, expression, measure, measured, to_sql
from shoushan.registers.models import Step

ARROW = {
    **dict.fromkeys(("BigAutoField", "BigIntegerField", "PositiveBigIntegerField", "ForeignKey"), pa.int64()),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField"), pa.int64()),
    "DateField": pa.date32(),
    "DateTimeField": pa.timestamp("us", tz="UTC"),
    "BooleanField": pa.bool_(),
}


def differing(line: Line, *, since: date, until: date) -> list[str]:
    """The measures of a register that give other rows on DuckDB or SQLite than on Django's own database."""
    models_asked = {line.model, Step, *(beside(line, wanted) for wanted in line.measures)}
    tables = [copied(model) for model in models_asked if model is not None]
    found = []
    for wanted in line.measures:
        here = in_order(measure(line, wanted, since=since, until=until))
        for name, run in (("duckdb", on_duckdb), ("sqlite", on_sqlite)):
            if in_order(measured(wanted, run(tables, line, wanted, since, until))) != here:
                found.append(f"{wanted.key} on {name}")
    return found


def beside(line: Line, wanted: Measure) -> type[models.Model] | None:
    """What a measure looks at beside its own register."""
    return line.model._meta.get_field(wanted.beside).related_model if wanted.beside else None


def in_order(rows: Iterable[Measured]) -> list[Measured]:
    return sorted(rows, key=lambda row: (row.unit_id, row.on))


def copied(model: type[models.Model]) -> tuple[str, pa.Table]:
    """All rows of a model's table, with its name and its columns' names."""
    fields = model._meta.concrete_fields
    rows = list(model._default_manager.values_list(*(field.attname for field in fields)))
    columns = {}
    for place, field in enumerate(fields):
        kind = ARROW.get(field.get_internal_type(), pa.string())
        values = [row[place] for row in rows]
        if kind == pa.string():
            values = [None if value is None else str(value) for value in values]
        columns[field.column] = pa.array(values, kind)
    return model._meta.db_table, pa.table(columns)


def on_duckdb(tables: list[tuple[str, pa.Table]], line: Line, wanted: Measure, since: date, until: date) -> list[Any]:
    with duckdb.connect() as engine:
        for name, table in tables:
            engine.register(name, table)
        sql = to_sql(expression(line, wanted), "duckdb").replace("%s", "?")
        return engine.execute(sql, [since, until]).fetchall()


def on_sqlite(tables: list[tuple[str, pa.Table]], line: Line, wanted: Measure, since: date, until: date) -> list[Any]:
    engine = sqlite3.connect(":memory:")
    for name, table in tables:
        columns = table.column_names
        engine.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        places = ", ".join("?" * len(columns))
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        engine.executemany(f"INSERT INTO {name} VALUES ({places})", [[_plain(it) for it in row] for row in rows])  # noqa: S608 - names of our own tables
    sql = to_sql(expression(line, wanted), "sqlite").replace("%s", "?")
    found = engine.execute(sql, [since.isoformat(), until.isoformat()]).fetchall()
    engine.close()
    return found


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it: a day as its text."""
    return value.isoformat() if isinstance(value, date) else value
