"""The same query on Spark, for facts that no longer fit one machine: Parquet in, Parquet out.

Needs the extra ``spark`` and a Java 17 of the system.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.tables import COLUMNS, Tables, as_arrow

# Spark spells the stages of a query out into one another; so many at once, and its plan stays small.
PLANNED_TOGETHER = 4


def session() -> Any:
    """A Spark on this machine, or the one whose address stands in SPARK_REMOTE or spark-defaults.conf."""
    try:
        from pyspark.sql import SparkSession  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise Refusal(
            "run.no_spark",
            mark("Spark is not installed."),
            hint=mark("Install shoushan with its extra “spark” and Java 17, or choose duckdb."),
        ) from None
    quiet = SparkSession.builder.appName("shoushan").config("spark.ui.enabled", "false")
    # A whole number that does not fit stops the run, and the few groups of a province need few parts.
    return (
        quiet.config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )


def rows_from_spark(query: str, tables: Tables, connection: Any = None) -> list[dict[str, int]]:
    """The query's rows on a given session, or on one that is opened once for the process."""
    import pyarrow.parquet as parquet

    spark = session() if connection is None else connection
    with tempfile.TemporaryDirectory() as folder:
        for name in COLUMNS:
            file = Path(folder) / f"{name}.parquet"
            parquet.write_table(as_arrow(name, tables.rows[name]), file)
        write_lines(spark, query, Path(folder), Path(folder) / "lines")
        return list(parquet.read_table(Path(folder) / "lines").to_pylist())


def write_lines(spark: Any, query: str, given: Path, out: Path) -> None:
    """Read a run's tables of whole numbers from the folder ``given`` and write its lines to the folder ``out``."""
    import sqlglot

    tree = sqlglot.parse_one(query, dialect="spark")
    stages = tree.args["with_"].expressions
    tree.set("with_", None)
    for name in COLUMNS:
        spark.read.parquet(str(given / f"{name}.parquet")).createOrReplaceTempView(f"scoring_{name}")
    for number, stage in enumerate(stages, start=1):
        frame = spark.sql(stage.this.sql("spark"))
        if number % PLANNED_TOGETHER == 0:
            frame = frame.localCheckpoint(eager=False)
        frame.createOrReplaceTempView(stage.alias)
    spark.sql(tree.sql("spark")).write.mode("overwrite").parquet(str(out))
    for name in [*(f"scoring_{name}" for name in COLUMNS), *(stage.alias for stage in stages)]:
        spark.catalog.dropTempView(name)
