"""Every engine gives the same rows, keeps to whole numbers, and leaves nothing behind."""

from __future__ import annotations

import random
import sqlite3
import sys
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, Scheme, engines, run, spark
from shoushan.scoring.engines import _whole, compiled
from shoushan.scoring.spark import write_lines
from shoushan.scoring.tables import COLUMNS, tables
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

VALUE = {"value": "v"}


@pytest.fixture(scope="module")
def district() -> tuple[Scheme, Facts]:
    """Every method, sections, ties, vetoes and grades on made-up facts with gaps and falls."""
    over = {"full": 10, "step": "2.5", "bonus": "0.3", "bonus_cap": 4, "steps": "whole", "symmetric": True}
    methods: list[dict[str, Any]] = [
        {"method": {"completion": {"full": 10, "cap": "1.2", "floor": "-0.5"}}},
        {"method": {"completion": {"full": 7, "minimum": "0.35"}}, "when_not_applicable": "mean"},
        {"method": {"overfulfilment": over}},
        {"method": {"overfulfilment": over | {"steps": "proportional", "symmetric": False}}},
        {"method": {"bands": {"bands": [{"least": "99.5", "points": 9}, {"least": 50, "points": 3}], "below": -1}}},
        {"method": {"ranking": {"points": [5, 3, 2], "beyond": "0.7", "ties": "average"}}},
        {"method": {"limit": {"full": 10, "per_percent": "0.3", "floor": -2}}, "when_missing": "zero"},
    ]
    rules = [
        make_rule(
            f"r{number}", indicator={"numerator": f"f{number}.actual", "denominator": f"f{number}.target"},
            section="ab"[number % 2], **given,
        )
        for number, given in enumerate(methods)
    ]  # fmt: skip
    values: list[dict[str, Any]] = [
        {"best": {"full": 6}},
        {"efficacy": {"full": 8, "direction": "lower", "all_equal": "base"}},
        {"group_mean": {"full": 5}},
        {"ranking": {"points": [2, 1], "direction": "lower"}},
        {"improvement": {"full": 4, "start": 2, "points": "0.3", "per": "0.7", "low": -1, "high": 4}},
        {"given": {"full": 3, "times": "0.03"}},
    ]
    rules += [make_rule(f"v{n}", indicator=VALUE, method=each, section="a") for n, each in enumerate(values)]
    rules.append(make_rule("cases", method={"deduction": {"each": {"late": "0.25"}, "floor": None}}))
    veto = {"source": "一", "since": "2026-01-01", "basis": "文件", "when": "late"}
    scheme = make_scheme(
        *rules,
        sections=[{"id": "a", "label": "甲", "weight": "62.5"}, {"id": "b", "label": "乙", "weight": "37.5"}],
        tie_break=[{"rule": "r1"}, {"section": "a"}, {"fact": "late", "lower_first": True}],
        vetoes=[{**veto, "id": "l", "label": "迟", "effect": "line", "rule": "r0"}],
        grades={
            "levels": [{"grade": "优", "least": 40}, {"grade": "良", "least": 30}, {"grade": "差"}],
            "quota": {"share": "0.3", "source": "一", "slots": "half_up", "tie_at_the_edge": "all"},
        },
    )
    chance = random.Random(20261123)
    units: dict[str, dict[str, Any]] = {}
    for number in range(25):
        facts: dict[str, Any] = {"late": chance.choice([0, 0, 1]), "v": chance.choice(["1.5", "-2", "7", None])}
        for rule in range(len(methods)):
            actual = f"{chance.uniform(-2, 14):.{chance.randint(0, 3)}f}"
            target = str(chance.randint(0, 12))
            facts[f"f{rule}"] = chance.choice([(actual, target)] * 6 + [(None, target), ("n/a", "n/a")])
        units[f"单位{number}"] = facts
    return scheme, make_facts(units, {f"单位{number}": "部门" for number in range(8)})


@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_another_engine_gives_the_rows_of_sqlite(district: tuple[Scheme, Facts], engine: str, postgres: Any) -> None:
    connection = postgres() if engine == "postgres" else None

    found, expected = run(*district, engine=engine, connection=connection), run(*district, engine="sqlite")

    assert found.units == expected.units
    assert found.canonical() == expected.canonical()


@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_rows_of_sqlite(district: tuple[Scheme, Facts]) -> None:
    pytest.importorskip("pyspark", reason="the extra “spark” is not installed; see start.py test --spark")

    assert run(*district, engine="spark").canonical() == run(*district, engine="sqlite").canonical()


def test_without_spark_its_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)

    with pytest.raises(Refusal) as refused:
        run(make_scheme(), make_facts({"甲": {"roads": (1, 2)}}), engine="spark")

    assert refused.value.code == "run.no_spark"


def test_spark_cuts_the_plan_and_cleans_up(tmp_path: Path) -> None:
    """A stand-in session: the stages are made in order, every fourth is cut off, and no view is left behind."""
    spark = MagicMock()
    stages = ", ".join(f"s{number} AS (SELECT {number} AS a)" for number in range(5))

    write_lines(spark, f"WITH {stages} SELECT * FROM s4", tmp_path, tmp_path / "out")

    assert spark.sql.call_count == 6
    assert spark.sql.return_value.localCheckpoint.call_count == 1
    assert spark.catalog.dropTempView.call_count == len(COLUMNS) + 5


def test_a_run_says_the_same_bytes_again(district: tuple[Scheme, Facts]) -> None:
    first = run(*district, engine="duckdb").canonical()

    assert run(*district, engine="duckdb").canonical() == first
    assert b'"engine_version":3' in first


def test_rows_from_a_spark_are_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(session: Any, query: str, given: Path, out: Path) -> None:
        pyarrow.parquet.write_table(pyarrow.table({"unit": [0], "rule": [session]}), out)

    monkeypatch.setattr(spark, "write_lines", write)
    given = tables(make_scheme(), make_facts({"甲": {"roads": (1, 2)}}))

    assert spark.rows_from_spark("", given, 5) == [{"unit": 0, "rule": 5}]


@pytest.mark.parametrize("engine", ["duckdb", "sqlite", "postgres", "spark"])
def test_the_compiled_query_divides_whole_numbers_only(engine: str) -> None:
    query = compiled(make_scheme(), engine).upper()

    for word in ("FLOOR(", "DOUBLE", "REAL", "WHOLE_PART", "LEFT_OVER", "WHOLE_SUM"):
        assert word not in query


def test_a_number_that_did_not_fit_is_never_taken_for_a_result() -> None:
    with pytest.raises(ArithmeticError):
        _whole(1e19)


def test_a_run_on_an_open_connection_leaves_it_as_it_was() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE kept (a)")
    connection.execute("INSERT INTO kept VALUES (1)")

    for _ in range(2):
        run(make_scheme(), make_facts({"甲": {"roads": (1, 2)}}), engine="sqlite", connection=connection)

    assert connection.in_transaction
    assert connection.execute("SELECT name FROM sqlite_temp_master").fetchall() == []
    connection.close()


def test_a_run_on_an_open_duckdb_leaves_it_open() -> None:
    connection = duckdb.connect()

    run(make_scheme(), make_facts({"甲": {"roads": (1, 2)}}), engine="duckdb", connection=connection)

    assert connection.execute("SHOW TABLES").fetchall() == []
    connection.close()


@pytest.mark.parametrize(("engine", "code"), [("oracle", "run.engine"), ("postgres", "run.connection")])
def test_an_engine_that_is_not_there_is_refused(engine: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(make_scheme(), make_facts({"甲": {"roads": (1, 2)}}), engine=engine)

    assert refused.value.code == code


LARGE = "1234567890123.5"


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (make_rule(), {"roads": (LARGE, 3)}),
        (make_rule(), {"roads": ("1234567890", "0.0001")}),
        (make_rule(indicator={"numerator": [{"fact": "a", "times": "1.0001"}], "denominator": 1}), {"a": "999999999"}),
        (make_rule(method={"given": {"times": 900}}, indicator={"value": "a"}), {"a": 900}),
        (
            make_rule(method={"completion": {"full": 1, "minimum": "0.0000000001"}}),
            {"roads": ("12345678.9", "12345678.9")},
        ),
        (
            make_rule(
                method={"improvement": {"full": 1, "points": 1, "per": "0.123457", "low": 0, "high": 1}},
                indicator={"value": "a"},
            ),
            {"a": "123456789.123"},
        ),
        (
            make_rule(
                method={"improvement": {"full": 1, "points": 1, "per": 1000, "low": 0, "high": 1}},
                indicator={"value": "a"},
            ),
            {"a": "12345678901"},
        ),
    ],
)
def test_figures_that_cannot_be_reckoned_exactly_are_refused(rule: dict[str, Any], facts: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        run(make_scheme(rule), make_facts({"甲": facts}), engine="sqlite")

    assert refused.value.code == "facts.too_large"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"full": 2000}, "scheme.too_fine"),
        ({"full": "0.00000000000001"}, "scheme.too_fine"),
        ({"full": "10.0000001"}, "scheme.weights"),
        ({"method": {"completion": {"full": 10, "cap": "1.00000000000001"}}}, "scheme.too_fine"),
    ],
)
def test_points_that_cannot_be_reckoned_exactly_are_refused(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(make_scheme(make_rule(**given)), make_facts({"甲": {"roads": (1, 2)}}), engine="sqlite")

    assert refused.value.code == code


def test_means_of_figures_too_large_to_add_are_refused() -> None:
    rule = make_rule(method={"group_mean": {}}, indicator={"value": "a"})

    with pytest.raises(Refusal) as refused:
        run(make_scheme(rule), make_facts({"甲": {"a": LARGE[:12]}, "乙": {"a": LARGE[1:13]}}), engine="sqlite")

    assert refused.value.code == "facts.too_large"


def test_a_fact_nobody_mentions_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        run(make_scheme(), make_facts({"甲": {"road": (1, 2)}}), engine="sqlite")

    assert refused.value.code == "facts.unknown_name"
    assert "roads.actual, roads.target" in str(refused.value)


def test_a_compiled_query_is_kept_for_the_next_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_COMPILED", {})
    first = compiled(make_scheme(), "sqlite", kept_in=tmp_path / "kept")
    [file] = (tmp_path / "kept").iterdir()
    assert file.read_text() == first
    monkeypatch.setattr(engines, "_COMPILED", {})
    monkeypatch.setattr(engines, "_compiled", None)

    assert compiled(make_scheme(), "sqlite", kept_in=tmp_path / "kept") == first
