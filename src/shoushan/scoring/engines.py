"""The engines a run can use; each gets the same whole numbers and the same query in its own SQL."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.arithmetic import rewritten
from shoushan.scoring.spark import rows_from_spark
from shoushan.scoring.tables import COLUMNS, Row, Tables, as_arrow

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme

ENGINES = ("duckdb", "sqlite", "postgres", "spark")
# What Ibis and sqlglot call an engine, where that is another word.
DIALECTS = {"spark": "pyspark"}
# Raised whenever the same scheme and facts would give another figure; what a run pins.
ENGINE_VERSION = 3
# Up to so many facts one thread and a kept plan are quicker than several threads and a new one.
FEW = 20_000


# The compiled queries, by shape of scheme and engine: compiling costs more than scoring a district.
_COMPILED: dict[tuple[str, str], str] = {}


def compiled(scheme: Scheme, engine: str, *, kept_in: Path | None = None) -> str:
    """The scheme as one query in the SQL of an engine; from the folder ``kept_in`` where it was compiled before."""
    key = (scheme.shape, engine)
    if key not in _COMPILED:
        kept = None if kept_in is None else kept_in / f"{_digest(key)}.sql"
        if kept is not None and kept.is_file():
            _COMPILED[key] = kept.read_text(encoding="utf-8")
        else:
            _COMPILED[key] = _compiled(scheme, engine)
            if kept is not None:
                kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                kept.write_text(_COMPILED[key], encoding="utf-8")
    return _COMPILED[key]


def _compiled(scheme: Scheme, engine: str) -> str:
    import ibis.backends.sql.compilers as compilers
    from sqlglot.optimizer.eliminate_subqueries import eliminate_subqueries

    from shoushan.scoring.expression import expression
    from shoushan.scoring.regrouping import regrouped

    tree = getattr(compilers, DIALECTS.get(engine, engine)).compiler.to_sqlglot(expression(scheme)).copy()
    # Stage after stage instead of one inside the other: SQLite's parser overflows on the nesting.
    return regrouped(eliminate_subqueries(rewritten(tree, engine))).sql(engine)


def _digest(key: tuple[str, str]) -> str:
    """What a compiled query depends on: the scheme's shape, this package's source, and the compilers' versions."""
    found = hashlib.sha256(repr((key, version("ibis-framework"), version("sqlglot"))).encode())
    for file in sorted(Path(__file__).parent.glob("**/*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()


def fetch(scheme: Scheme, tables: Tables, engine: str, connection: Any = None) -> list[dict[str, int]]:
    """Run the scheme's query on the tables; rows of whole numbers, in the order of units and rules."""
    if engine not in ENGINES:
        raise Refusal(
            "run.engine",
            mark("There is no engine %(engine)s."),
            hint=mark("Choose duckdb, sqlite, postgres or spark."),
            params={"engine": engine},
        )
    query = compiled(scheme, engine)
    if engine == "duckdb":
        rows = _duckdb(query, tables, connection)
    elif engine == "spark":
        rows = rows_from_spark(query, tables, connection)
    else:
        rows = _dbapi(query, tables, engine, connection)
    return sorted(rows, key=lambda row: (row["unit"], row["rule"]))


def _duckdb(query: str, tables: Tables, connection: Any) -> list[dict[str, int]]:
    if connection is None and len(tables.rows["facts"]) <= FEW:
        return _kept(query).rows(tables)
    import duckdb

    own = connection is None
    connection = duckdb.connect() if own else connection
    try:
        for name in COLUMNS:
            connection.register(f"scoring_{name}", as_arrow(name, tables.rows[name]))
        return _named_whole(connection.execute(query))
    finally:
        for name in COLUMNS:
            connection.unregister(f"scoring_{name}")
        if own:
            connection.close()


class _Prepared:
    """A query kept planned on a connection of its own: for a district, planning takes longer than scoring."""

    def __init__(self, query: str) -> None:
        import duckdb

        self._busy = Lock()
        self._connection = duckdb.connect(config={"threads": 1})
        # A plan that outlives its facts must not rest on their smallest and largest values.
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation,compressed_materialization'")
        create_tables(self._connection)
        self._connection.execute(f"PREPARE scored AS {query}")
        self._held: dict[str, list[Row]] = {name: [] for name in COLUMNS}

    def rows(self, tables: Tables) -> list[dict[str, int]]:
        with self._busy:
            for name in COLUMNS:
                self._hold(name, tables.rows[name])
            return _named_whole(self._connection.execute("EXECUTE scored"))

    def _hold(self, name: str, wanted: list[Row]) -> None:
        """Fill a table, unless it holds just that: whoever plays with one figure changes one table."""
        if self._held.pop(name, None) != wanted:
            rows = as_arrow(name, wanted)  # noqa: F841 - DuckDB reads it by its name
            self._connection.execute(f'DELETE FROM "scoring_{name}"')  # noqa: S608
            self._connection.execute(f'INSERT INTO "scoring_{name}" SELECT * FROM rows')  # noqa: S608
        self._held[name] = wanted


@lru_cache(maxsize=8)
def _kept(query: str) -> _Prepared:
    return _Prepared(query)


def create_tables(connection: Any, names: Iterable[str] = COLUMNS) -> None:
    """The empty tables of a run on a DuckDB of its own."""
    for name in names:
        shape = ", ".join(f'"{column}" BIGINT' for column in COLUMNS[name])
        connection.execute(f'CREATE TABLE "scoring_{name}" ({shape})')


def _named_whole(cursor: Any) -> list[dict[str, int]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _dbapi(query: str, tables: Tables, engine: str, connection: Any) -> list[dict[str, int]]:
    """Run on a plain connection, inside whatever transaction it is in; the tables are its own and go again."""
    own = connection is None
    connection = sqlite3.connect(":memory:") if own and engine == "sqlite" else connection
    if connection is None:
        raise Refusal(
            "run.connection",
            mark("PostgreSQL needs an open connection."),
            hint=mark("Set DATABASE_URL, or choose duckdb or sqlite."),
        )
    sign = "?" if engine == "sqlite" else "%s"
    own_schema = "temp" if engine == "sqlite" else "pg_temp"
    cursor = connection.cursor()
    try:
        for name, columns in COLUMNS.items():
            shape = ", ".join(f'"{column}" BIGINT' for column in columns)
            places = ", ".join([sign] * len(columns))
            # a run that was broken off on this connection may have left its own
            cursor.execute(f'DROP TABLE IF EXISTS {own_schema}."scoring_{name}"')
            cursor.execute(f'CREATE TEMPORARY TABLE "scoring_{name}" ({shape})')
            if tables.rows[name]:
                cursor.executemany(f'INSERT INTO "scoring_{name}" VALUES ({places})', tables.rows[name])  # noqa: S608
        cursor.execute(query)
        found = _named(cursor.description, cursor.fetchall())
        for name in COLUMNS:
            cursor.execute(f'DROP TABLE {own_schema}."scoring_{name}"')
        return found
    finally:
        cursor.close()
        if own:
            connection.close()


def _named(description: Any, rows: Iterable[Row]) -> list[dict[str, int]]:
    names = [column[0] for column in description]
    return [{name: _whole(value) for name, value in zip(names, row, strict=True)} for row in rows]


def _whole(value: Any) -> int:
    if isinstance(value, float):  # SQLite turns a product that does not fit into one, silently
        raise ArithmeticError("a whole number of this run did not fit into 64 bits")
    return int(value)
