"""Whether every engine at hand gives a district the same bytes, and how long each takes when warm."""

from __future__ import annotations

import importlib.util
import statistics

from benchmarks import scoring
from benchmarks.figures import Figure, at_least, at_most
from benchmarks.snapshots import seconds
from shoushan.scoring import run


def measure() -> list[Figure]:
    """Spark takes part where its extra is installed; PostgreSQL is compared in the tests."""
    scheme, facts = scoring.district_scheme(), scoring.district_facts()
    engines = ["duckdb", "sqlite", *(["spark"] if importlib.util.find_spec("pyspark") else [])]
    said = {engine: run(scheme, facts, engine=engine).canonical() for engine in engines}
    figures = [at_least("engines that give the same bytes", float(len(set(said.values())) == 1), "", 1)]
    for engine in engines:
        took = statistics.median(seconds(lambda: run(scheme, facts, engine=engine))[0] for _ in range(3))  # noqa: B023
        figures.append(at_most(f"{engine}, warm", took, "s", 60 if engine == "spark" else 1))
    return figures
