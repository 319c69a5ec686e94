"""How long a year's scoring takes: 39 units by 60 rules, from frozen facts to explained ranks."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, at_least, at_most
from shoushan.scoring import Facts, Result, Scheme, run
from shoushan.scoring.loading import scheme_from

GROUPS = {"subdistrict": 9, "department": 27, "park": 3}
RULES = 60
LIMIT_SECONDS = 0.1
COLD_SECONDS = 1.5
REPEATS = 7
# what these made-up schemes leave open, answered once
CHOICES = {
    "left_out": "scaled",
    "rounding": {"places": 2, "mode": "half_up", "at": "total"},
    "rank_by": "rounded",
    "falsity": "none",
    "when_missing": "leave_out",
    "when_not_applicable": "leave_out",
    "completion_cap": 1,
    "floor": 0,
    "target_zero": "not_evaluable",
    "symmetric": False,
    "steps": "whole",
    "compare": "group",
    "direction": "higher",
    "grades_compare": "unrounded",
}


def measure() -> list[Figure]:
    """The median of several runs on DuckDB with libraries loaded, and whether the engines agree."""
    scheme = district_scheme()
    with tempfile.TemporaryDirectory() as folder:
        snapshot = Path(folder) / "facts.parquet"
        sha256 = district_facts().to_parquet(snapshot)

        def once(engine: str) -> Result:
            return run(scheme, Facts.from_parquet(snapshot, sha256=sha256), engine=engine)

        first = _seconds(lambda: once("duckdb"))
        warm = statistics.median(_seconds(lambda: once("duckdb")) for _ in range(REPEATS))
        once("sqlite")
        sqlite = statistics.median(_seconds(lambda: once("sqlite")) for _ in range(REPEATS))
        same = once("duckdb").units == once("sqlite").units
    return [
        at_most("39 units x 60 rules, DuckDB, frozen facts to explained ranks", warm, "s", LIMIT_SECONDS),
        at_most("the same on SQLite", sqlite, "s", LIMIT_SECONDS),
        at_most("first run of a process, libraries and query unloaded", first, "s", COLD_SECONDS),
        at_least("DuckDB and SQLite give the same rows", float(same), "", 1),
    ]


def district_scheme() -> Scheme:
    """Sixty rules of the kinds a district publishes, in four sections of 25."""
    kinds: list[Callable[[str], dict[str, Any]]] = [
        lambda fact: {"indicator": _ratio(fact), "method": {"completion": {"full": 1}}},
        lambda fact: {
            "indicator": _ratio(fact),
            "method": {"overfulfilment": {"full": 1, "step": 10, "bonus": "0.1", "bonus_cap": "0.5", "steps": "whole"}},
        },
        lambda fact: {
            "indicator": _ratio(fact),
            "method": {"bands": {"bands": [{"least": 100, "points": 1}, {"least": 80, "points": "0.6"}], "below": 0}},
        },
        lambda fact: {
            "indicator": _ratio(fact),
            "method": {"ranking": {"points": ["1", "0.8", "0.6"], "beyond": "0.4", "ties": "average"}},
        },
    ]
    rules = [
        {
            "id": f"rule_{number}",
            "label": f"第{number}项",
            "source": f"第{number}条",
            "since": "2026-01-01",
            "section": f"section_{number % 4}",
            **kinds[number % len(kinds)](f"fact_{number}"),
        }
        for number in range(RULES)
    ]
    written = {
        "key": "bench",
        "version": "1",
        "title": "测速",
        "source": "测速",
        "published": "2026-01-01",
        "choices": CHOICES,
        "sections": [{"id": f"section_{number}", "label": f"板块{number}", "weight": 25} for number in range(4)],
        "rules": rules,
        "tie_break": [{"rule": "rule_0"}],
        "grades": {"levels": [{"grade": "优秀", "least": 90}, {"grade": "合格", "least": 60}, {"grade": "待提升"}]},
    }
    return scheme_from(written, "")


def district_facts() -> Facts:
    """A year of made-up facts; two in a hundred are missing."""
    chance = random.Random(2026)
    rows = []
    for group, size in GROUPS.items():
        for number in range(size):
            for fact in range(RULES):
                target = chance.randint(20, 900_000)
                actual = f"{target * chance.uniform(0.5, 1.4):.2f}"
                missing = chance.random() < 0.02
                unit = {"unit": f"{group} {number}", "group": group}
                rows.append({**unit, "fact": f"fact_{fact}.actual", "value": "" if missing else actual})
                rows.append({**unit, "fact": f"fact_{fact}.target", "value": str(target)})
    return Facts.from_rows(rows)


def _ratio(fact: str) -> dict[str, str]:
    return {"numerator": f"{fact}.actual", "denominator": f"{fact}.target"}


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
