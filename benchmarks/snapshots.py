"""Snapshots of a city, a province and a nation, and the same rules as bare SQL by hand, to measure against."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.scoring import CHOICES
from shoushan.scoring import Scheme
from shoushan.scoring.loading import scheme_from

RULES = 60
GROUP = 40


def scheme() -> Scheme:
    """Sixty rules, fifteen of each kind: capped ratio, half the excess, worst to best, and places in the group."""
    half = {"full": 10, "step": 2, "bonus": "0.1", "bonus_cap": 5, "steps": "proportional"}
    kinds: list[tuple[Any, dict[str, Any]]] = [
        (_ratio, {"completion": {"full": 10, "cap": 1}}),
        (_ratio, {"overfulfilment": half}),
        (lambda fact: {"value": fact}, {"efficacy": {"full": 10}}),
        (_ratio, {"ranking": {"points": [10, 9, 8, 7, 6, 5], "beyond": 4}}),
    ]
    rules = [
        {
            "id": f"r{number}", "label": f"第{number}项", "source": "测速", "since": "2026-01-01",
            "indicator": kinds[number % 4][0](f"f{number}"), "method": kinds[number % 4][1],
        }
        for number in range(RULES)
    ]  # fmt: skip
    written = {
        "key": "bench", "version": "1", "title": "测速", "source": "测速", "published": "2026-01-01", "rules": rules,
        "choices": {**CHOICES, "base": 60, "span": 40, "all_equal": "not_evaluable", "ties": "same"}, "tie_break": [],
        "grades": {"levels": [{"grade": "优秀", "least": 540}, {"grade": "合格", "least": 360}, {"grade": "待提升"}]},
    }  # fmt: skip
    return scheme_from(written, "")


def _ratio(fact: str) -> dict[str, Any]:
    return {"numerator": fact, "denominator": 100}


def write(units: int, file: Path) -> None:
    """Made-up facts of two decimals, two in a hundred missing, the same every time."""
    import duckdb

    duckdb.connect().execute(f"""
        COPY (SELECT 'unit ' || u AS unit, 'group ' || (u // {GROUP}) AS "group", 'f' || f AS fact,
            CASE WHEN hash(u * 67 + f) % 50 = 0 THEN ''
            ELSE format('{{:d}}.{{:02d}}', 50 + (hash(u * 61 + f) % 100)::BIGINT, (hash(u * 59 + f) % 100)::BIGINT)
            END AS value
        FROM range({units}) a(u), range({RULES}) b(f) ORDER BY u, f) TO '{file}' (FORMAT parquet)""")  # noqa: S608


def bare(file: Path, out: Path) -> None:
    """The same rules written by hand in DuckDB's SQL, without statuses, checks, settling or a second scheme."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"""
        CREATE TEMP TABLE result AS
        WITH f AS (SELECT unit, "group" AS grp, fact, CAST(CAST(value AS DECIMAL(18,2)) * 100 AS BIGINT) AS v,
                CAST(fact[2:] AS INT) % 4 AS kind FROM read_parquet('{file}') WHERE value <> ''),
            k AS (SELECT grp, fact, max(v) AS best, min(v) AS worst FROM f WHERE kind = 2 GROUP BY 1, 2),
            r AS (SELECT unit, grp, fact, rank() OVER (PARTITION BY grp, fact ORDER BY v DESC) AS place
                FROM f WHERE kind = 3),
            l AS (SELECT unit, grp, fact, CAST(least(v, 10000) * 100000000 AS BIGINT) AS points FROM f WHERE kind = 0
                UNION ALL SELECT unit, grp, fact, CASE WHEN v > 10000
                    THEN least(1000000000000 + (v - 10000) * 50000000, 1500000000000) ELSE v * 100000000 END
                    FROM f WHERE kind = 1
                UNION ALL SELECT unit, f.grp, fact, CASE WHEN best > worst
                    THEN 600000000000 + 400000000000 * (v - worst) // (best - worst) END
                    FROM f JOIN k USING (grp, fact) WHERE kind = 2
                UNION ALL SELECT unit, grp, fact, (CASE WHEN place <= 6 THEN 11 - place ELSE 4 END) * 100000000000
                    FROM r),
            t AS (SELECT unit, grp, sum(points) * 60 // count(points) AS s FROM l GROUP BY 1, 2),
            u AS (SELECT unit, grp, (s + 5000000000) // 10000000000 AS total,
                rank() OVER (PARTITION BY grp ORDER BY (s + 5000000000) // 10000000000 DESC) AS position,
                CASE WHEN s >= 540000000000000 THEN 0 WHEN s >= 360000000000000 THEN 1 ELSE 2 END AS grade FROM t)
        SELECT l.unit, l.fact, l.points, u.total, u.position, u.grade FROM l JOIN u USING (unit)""")  # noqa: S608
    connection.execute(f"COPY (SELECT unit, fact, points FROM result) TO '{out / 'l.parquet'}' (FORMAT parquet)")  # noqa: S608
    firsts = "any_value(total), any_value(position), any_value(grade)"
    connection.execute(
        f"COPY (SELECT unit, {firsts} FROM result GROUP BY 1) TO '{out / 'u.parquet'}' (FORMAT parquet)"  # noqa: S608
    )
    connection.close()


def seconds(work: Any) -> tuple[float, float]:
    """How long it took by the clock, and on all cores together; the second hardly feels the neighbours."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu
