"""Every shared worked example of a shape the methods know comes out exactly, on every engine."""

from __future__ import annotations

import os
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from shoushan.scoring import run
from shoushan.scoring.engines import ENGINES
from shoushan.scoring.tests.worked import NOT_YET, SHAPES, facts_of, scheme_of

ROOT = Path(__file__).parents[4]
SHARED = Path(os.environ.get("SHOUSHAN_SHARED", ROOT.parent / "shared"))
FILE = SHARED / "data" / "schemes" / "worked_examples.yaml"


def _examples() -> list[Any]:
    if not FILE.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{FILE} is not here"), id="worked examples")]
    examples = yaml.safe_load(FILE.read_text())["examples"]
    return [
        pytest.param(example, id=example["id"])
        for example in examples
        if example["shape"] in SHAPES and example["id"] not in NOT_YET
    ]


# Spark is an extra: where it is installed it takes part.
HERE = [engine for engine in ENGINES if engine != "spark" or find_spec("pyspark")]


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize("example", _examples())
def test_a_worked_example_comes_out_exactly(example: dict[str, Any], engine: str, postgres: Any) -> None:
    connection = postgres() if engine == "postgres" else None

    result = run(scheme_of(example), facts_of(example), engine=engine, connection=connection)

    for unit, expected in example["expected"].items():
        found = result.unit(unit)
        points = None if expected["points"] is None else Decimal(expected["points"])
        assert (found.status, found.points) == (expected["status"], points), unit
        assert str(found.points) == str(expected["points"])
        if "rank" in expected:
            place = found.lines[0].place if example["shape"] == "rank_points" else found.rank
            assert place == expected["rank"], unit
        if "grade" in expected:
            assert found.grade == expected["grade"], unit
