"""A frozen snapshot of a province scored column by column: Parquet in, Parquet out, the same query as for a district.

The text of each value becomes a whole number inside DuckDB, and units are scored a few thousand groups at a time, so
that a nation needs no more memory than a province. What this quick way cannot hold is read the careful way instead.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.arithmetic import GRAIN_PLACES, LARGEST_DENOMINATOR
from shoushan.scoring.engines import ENGINE_VERSION, as_arrow, compiled, create_tables
from shoushan.scoring.facts import NOT_APPLICABLE_WORDS, Facts
from shoushan.scoring.lines import INAPPLICABLE, STATUS
from shoushan.scoring.running import grades_of
from shoushan.scoring.scheme import Scheme
from shoushan.scoring.settling import exact, settled
from shoushan.scoring.tables import MISSING, NOT_APPLICABLE, Extent, Tables, clauses, tables
from shoushan.scoring.totals import UNIT_COLUMNS

# Values are read with so many decimals.
PLACES = 6
# So many lines are scored at once; more would not be quicker, only need more memory.
LINES_AT_ONCE = 500_000
MEMORY = "1500MB"
UNIT_FILE, RUN_FILE = "units.parquet", "run.json"
KEPT = ("unit", "rule", "status", "presence", "has", "value", "x", "y", "share_top", "share_bottom")
STANDING = ("unit", *UNIT_COLUMNS)
_DIGITS = "TRY_CAST(replace(value, '.', '') AS BIGINT)"
_BEHIND = "CASE WHEN strpos(value, '.') = 0 THEN 0 ELSE length(value) - strpos(value, '.') END"
_SCALES = " ".join(f"WHEN {behind} THEN {10 ** (PLACES - behind)}" for behind in range(PLACES + 1))
# A value as a whole number of millionths, null where it is none.
_WHOLE = f"({_DIGITS} * CASE {_BEHIND} {_SCALES} END)"
_WITHOUT = ", ".join(f"'{word}'" for word in sorted(NOT_APPLICABLE_WORDS))
# A value is a number (0), missing (1), does not apply (2), or is read the careful way (3).
_STATE = f"""(CASE WHEN value IS NULL OR value = '' THEN {MISSING} WHEN value IN ({_WITHOUT})
    THEN {NOT_APPLICABLE} WHEN translate(value, '0123456789.-', '') = '' AND {_BEHIND} <= {PLACES}
        AND abs({_DIGITS}) <= {LARGEST_DENOMINATOR} AND length(replace(value, '.', '')) >= length(value) - 1
    THEN 0 ELSE 3 END)"""


class _NotQuick(Exception):  # noqa: N818 - the careful way says what is wrong
    """The snapshot holds something that only the careful way reads or refuses."""


@dataclass(frozen=True)
class Scores:
    """A run written to a folder: units with total, rank and grade, and every line's numbers."""

    folder: Path
    units: int
    lines: int

    def standings(self) -> Iterator[dict[str, Any]]:
        """Units with their group, status, points as a decimal string, rank and grade, in the snapshot's order."""
        import pyarrow.parquet as parquet

        for batch in parquet.ParquetFile(self.folder / UNIT_FILE).iter_batches():
            yield from batch.to_pylist()


def score_snapshot(scheme: Scheme, snapshot: Path | str, *, out: Path | str, as_of: date | None = None) -> Scores:
    """Score a snapshot and write ``units.parquet``, ``lines-….parquet`` and ``run.json`` into the folder ``out``."""
    in_force = scheme if as_of is None else scheme.on(as_of)
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    content = Path(snapshot)
    pinned = {
        "scheme": scheme.key,
        "version": scheme.version,
        "scheme_sha256": scheme.sha256,
        "snapshot_sha256": _sha256(content),
        "engine_version": ENGINE_VERSION,
        "as_of": None if as_of is None else as_of.isoformat(),
    }
    with tempfile.TemporaryDirectory(dir=folder) as spill:
        try:
            found = _Snapshot(in_force, content, folder, Path(spill)).score()
        except _NotQuick:
            # Read the careful way it is refused with its place, or turned into a snapshot that can be read quickly.
            again = Path(spill) / "facts.parquet"
            facts = Facts.from_parquet(content)
            facts.to_parquet(again)
            try:
                found = _Snapshot(in_force, again, folder, Path(spill)).score()
            except _NotQuick:
                tables(in_force, facts)
                raise _too_fine() from None
    (folder / RUN_FILE).write_text(json.dumps(pinned, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return found


def _too_fine() -> Refusal:
    return Refusal(
        "snapshot.too_fine",
        mark("This snapshot has values with more than twelve digits, or with more than six behind the point."),
        hint=mark("Score it without --out, or state such values in another unit of measure."),
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class _Snapshot:
    """One run on one snapshot, on a DuckDB of its own."""

    def __init__(self, scheme: Scheme, snapshot: Path, out: Path, spill: Path) -> None:
        import duckdb

        self.scheme, self.out = scheme, out
        self.db = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(spill)})
        self.source = f"read_parquet('{str(snapshot).replace(chr(39), chr(39) * 2)}')"
        self.names = sorted(scheme.facts())

    def score(self) -> Scores:
        try:
            self._check_head()
            self._read_units()
            extent = self._extent()
            given = clauses(self.scheme, extent)
            self._write_clauses(given, extent.places)
            return self._score_parts(given, extent)
        finally:
            self.db.close()

    def _check_head(self) -> None:
        head = [(row[0], row[1]) for row in self.db.execute(f"DESCRIBE SELECT * FROM {self.source}").fetchall()]  # noqa: S608
        if head != [(name, "VARCHAR") for name in ("unit", "group", "fact", "value")]:
            raise _NotQuick

    def _read_units(self) -> None:
        """Number the units and groups in the order in which the snapshot names them."""
        self.db.execute(f"""
            CREATE TABLE named AS
            WITH runs AS (SELECT unit, min("group") AS grp, max("group") AS other, min(file_row_number) AS first
                FROM {self.source[:-1]}, file_row_number = true) GROUP BY unit),
            groups AS (SELECT grp, min(first) AS first_of_group FROM runs GROUP BY grp)
            SELECT (row_number() OVER (ORDER BY first) - 1) AS unit,
                (dense_rank() OVER (ORDER BY first_of_group) - 1) AS number, unit AS name, grp, other
            FROM runs JOIN groups USING (grp) ORDER BY first""")  # noqa: S608
        odd = "grp IS DISTINCT FROM other OR name IS NULL OR trim(name) <> name OR name = '' OR trim(grp) <> grp"
        if self.db.execute(f"SELECT count(*) FROM named WHERE {odd}").fetchone() != (0,):  # noqa: S608
            raise _NotQuick

    def _extent(self) -> Extent:
        """How far each fact reaches, and whether every value can be read in this way."""
        digits = range(1, 2 * PLACES + 1)
        # The longest tail of zeros that all values of a fact share says how many decimals it needs.
        tails = ", ".join(f"count_if(n % {10**zeros} <> 0) = 0" for zeros in digits)
        rows = self.db.execute(f"""
            WITH read AS (SELECT fact, value, {_STATE} AS state,
                CASE WHEN {_STATE} = 0 THEN {_WHOLE} END AS n FROM {self.source} WHERE fact <> '')
            SELECT fact, coalesce(max(abs(n)), 0), count_if(state = 3), {tails} FROM read GROUP BY fact""").fetchall()  # noqa: S608
        if any(row[2] for row in rows):
            raise _NotQuick
        places = {row[0]: PLACES - sum(row[3:]) if row[1] else 0 for row in rows}
        largest = {row[0]: Decimal(row[1]).scaleb(-PLACES) for row in rows}
        groups = self.db.execute("SELECT any_value(grp) FROM named GROUP BY number ORDER BY number").fetchall()
        units = self._count("named")
        return Extent([row[0] for row in groups], units, places, largest)

    def _write_clauses(self, given: Tables, places: Mapping[str, int]) -> None:
        """The clauses' numbers, and every fact that they read as a whole number with the places of its kind."""
        create_tables(self.db)
        for name in ("rules", "inputs", "steps"):
            rows = as_arrow(name, given.rows[name])  # noqa: F841 - DuckDB reads it by its name
            self.db.execute(f'INSERT INTO "scoring_{name}" SELECT * FROM rows')  # noqa: S608
        self.db.execute("CREATE TABLE wanted (fact INTEGER, name VARCHAR, unit_of BIGINT)")
        wanted = [(number, name, 10 ** (PLACES - places[name])) for number, name in enumerate(self.names)]
        self.db.executemany("INSERT INTO wanted VALUES (?, ?, ?)", wanted)
        self.db.execute(f"""
            CREATE TABLE given AS SELECT named.number, named.unit, wanted.fact, {_STATE} AS state,
                CASE WHEN {_STATE} = 0 THEN {_WHOLE} // wanted.unit_of ELSE 0 END AS value
            FROM {self.source} AS source
            JOIN wanted ON source.fact = wanted.name JOIN named ON source.unit = named.name""")  # noqa: S608
        twice = """SELECT 1 FROM given GROUP BY unit, fact // 62
            HAVING count(*) <> bit_count(bit_or(1::BIGINT << (fact % 62))) LIMIT 1"""
        if self.db.execute(twice).fetchone() is not None:
            raise _NotQuick

    def _parts(self, groups: int, units: int) -> list[tuple[int, int]]:
        """Groups in runs that are scored together; all at once where the scheme compares over groups."""
        alone = not any(rule.compare == "all" or rule.method.averages for rule in self.scheme.rules)
        lines = units * max(len(self.scheme.rules), 1)
        count = max(1, min(groups, -(-lines // LINES_AT_ONCE))) if alone else 1
        step = -(-groups // count) if groups else 1
        return [(first, min(first + step, groups)) for first in range(0, groups, step)]

    def _score_parts(self, given: Tables, extent: Extent) -> Scores:
        lines = 0
        scope = as_arrow("scope", given.rows["scope"])  # noqa: F841 - DuckDB reads it by its name
        query = compiled(self.scheme, "duckdb")
        self.db.execute(f"CREATE TABLE standing ({', '.join(f'{name} BIGINT' for name in STANDING)})")
        for number, (first, last) in enumerate(self._parts(len(extent.groups), extent.units)):
            for name in ("units", "facts", "scope", "settled"):
                self.db.execute(f'DELETE FROM "scoring_{name}"')  # noqa: S608
            here = f"number >= {first} AND number < {last}"
            self.db.execute(f"INSERT INTO scoring_units SELECT unit, number FROM named WHERE {here}")  # noqa: S608
            self.db.execute(f"INSERT INTO scoring_facts SELECT unit, fact, value, state FROM given WHERE {here}")  # noqa: S608
            self.db.execute(f"INSERT INTO scoring_scope SELECT * FROM scope WHERE grp >= {first} AND grp < {last}")  # noqa: S608
            lines += self._part(query, self.out / f"lines-{number:04d}.parquet")
        self._write_units(extent)
        return Scores(self.out, extent.units, lines)

    def _part(self, query: str, file: Path) -> int:
        """Score what the tables hold and write its lines; how many they are."""
        columns = ", ".join([*KEPT, *self._compared(), *UNIT_COLUMNS])
        scored = f"CREATE OR REPLACE TEMP TABLE part AS SELECT {columns} FROM ({query})"  # noqa: S608
        self.db.execute(scored)
        if self.db.execute("SELECT 1 FROM part WHERE undecided = 1 LIMIT 1").fetchone():
            self._settle(query)
            self.db.execute(scored)
        kept = ", ".join([*KEPT, *self._compared()])
        self.db.execute(f"COPY (SELECT {kept} FROM part) TO '{_quoted(file)}' (FORMAT parquet)")  # noqa: S608
        firsts = ", ".join(f"any_value({name})" for name in UNIT_COLUMNS)
        self.db.execute(f"INSERT INTO standing SELECT unit, {firsts} FROM part GROUP BY unit")  # noqa: S608
        return self._count("part")

    def _count(self, table: str) -> int:
        return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])  # noqa: S608

    def _compared(self) -> list[str]:
        """What lines are compared with, in the columns that this scheme's methods need."""
        methods = [rule.method for rule in self.scheme.rules]
        found: list[str] = []
        for named, needed in (
            (("best", "worst"), any(method.compares for method in methods)),
            (("place", "tied"), any(method.ranks for method in methods)),
            (("group_sum", "group_count", "all_sum", "all_count"), any(method.averages for method in methods)),
        ):
            found += named if needed else ()
        return found

    def _settle(self, query: str) -> None:
        """Add up the lines of undecided units as exact fractions; means need the whole group's lines."""
        undecided = "SELECT unit FROM part WHERE undecided = 1"
        groups = dict(self.db.execute("SELECT unit, grp FROM scoring_units").fetchall())
        alike = f"""SELECT unit FROM scoring_units
            WHERE grp IN (SELECT grp FROM scoring_units WHERE unit IN ({undecided}))"""  # noqa: S608
        which = alike if self.scheme.fills_gaps else undecided
        cursor = self.db.execute(f"SELECT * FROM ({query}) WHERE unit IN ({which})")  # noqa: S608
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        settled_rows = as_arrow("settled", settled(self.scheme, rows, exact(self.scheme, rows, groups)))  # noqa: F841
        self.db.execute("INSERT INTO scoring_settled SELECT * FROM settled_rows")

    def _write_units(self, extent: Extent) -> None:
        """One row for each unit in words: points as a decimal string, null where there are none."""
        self.db.execute("CREATE TABLE said (number BIGINT, status VARCHAR)")
        self.db.executemany("INSERT INTO said VALUES (?, ?)", list(enumerate(STATUS)))
        self.db.execute("CREATE TABLE grades (number BIGINT, grade VARCHAR)")
        self.db.executemany("INSERT INTO grades VALUES (?, ?)", [(-1, None), *enumerate(grades_of(self.scheme))])
        places = self.scheme.rounding.places
        whole = f"total // {10 ** (GRAIN_PLACES - places)}"
        digits = f"CAST(abs({whole}) AS VARCHAR)"
        size = f"lpad({digits}, greatest(length({digits}), {places + 1})::INTEGER, '0')"
        point = f"concat(left({size}, -{places}), '.', right({size}, {places}))" if places else size
        total = f"concat(CASE WHEN total < 0 THEN '-' ELSE '' END, {point})"
        self.db.execute(f"""
            COPY (SELECT named.unit AS number, name AS unit, grp AS "group",
                coalesce(status, '{STATUS[INAPPLICABLE]}') AS status,
                CASE WHEN position > 0 THEN {total} END AS points, nullif(position, 0) AS rank, grades.grade AS grade
            FROM named LEFT JOIN standing USING (unit) LEFT JOIN said ON said.number = unit_status
            LEFT JOIN grades ON grades.number = CASE WHEN position > 0 THEN standing.grade ELSE -1 END
            ORDER BY named.unit) TO '{_quoted(self.out / UNIT_FILE)}' (FORMAT parquet)""")  # noqa: S608


def _quoted(file: Path) -> str:
    return str(file).replace("'", "''")
