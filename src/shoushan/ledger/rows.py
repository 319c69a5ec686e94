"""Many new rows of one table: their ids are taken first, then the rows go in as they are, without a question between.

A model's own ``bulk_create`` works out every value of every row as if it might be an expression, which costs several
times more than the database does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

# what a database takes as it stands, whatever the column
PLAIN = {
    "sqlite": frozenset({str, int, type(None)}),
    "postgresql": frozenset({str, int, type(None), bool, date, datetime}),
}


def insert_new(things: Sequence[models.Model]) -> None:
    """Insert things of one model that have just been made; each has its id afterwards."""
    if not things:
        return
    model = type(things[0])
    values = attrgetter(*(field.attname for field in model._meta.concrete_fields if not field.primary_key))
    ids = take_ids(model, len(things))
    insert(model, ((pk, *values(thing)) for pk, thing in zip(ids, things, strict=True)))
    for pk, thing in zip(ids, things, strict=True):
        thing.pk = pk
        thing._state.adding, thing._state.db = False, connection.alias


def take_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Ids that nobody else gets, in ascending order."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            asked = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(asked, [connection.ops.quote_name(table), key, count])
            return sorted(pk for (pk,) in cursor.fetchall())
        # one writer at a time, and every transaction of ours is a writer's from its beginning
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    last = 0 if row is None else row[0]
    return range(last + 1, last + 1 + count)


def insert(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values: the id, then the other fields in their order."""
    quoted = connection.ops.quote_name
    # the key first, wherever a model declares it
    fields = sorted(model._meta.concrete_fields, key=lambda field: not field.primary_key)
    into = f"{quoted(model._meta.db_table)} ({', '.join(quoted(str(field.column)) for field in fields)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in _prepared(fields, rows):
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", list(_prepared(fields, rows)))  # noqa: S608 - no input


def _prepared(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Each value as the database takes it; texts and numbers, which are most, stand so already."""
    as_stored = [field.get_db_prep_save for field in fields]
    # JSON alone makes something else of a text
    always = [isinstance(field, models.JSONField) for field in fields]
    plan = list(zip(as_stored, always, strict=True))
    # asked for every value, so not by way of Django's proxy
    here = connections[DEFAULT_DB_ALIAS]
    as_it_is = PLAIN[here.vendor]
    for row in rows:
        yield [
            value if type(value) in as_it_is and not odd else stored(value, here)
            for value, (stored, odd) in zip(row, plan, strict=True)
        ]
