"""Every shared worked example, written as a scheme in YAML alone, comes out exactly on every engine.

``examples/`` holds one scheme for each example, under its name; facts and results are read from the shared file.
"""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from shoushan.scoring import Facts, Scheme, load_scheme, run
from shoushan.scoring.engines import ENGINES
from shoushan.scoring.results import UnitResult

ROOT = Path(__file__).parents[4]
SHARED = Path(os.environ.get("SHOUSHAN_SHARED", ROOT.parent / "shared"))
FILE = SHARED / "data" / "schemes" / "worked_examples.yaml"
SCHEMES = Path(__file__).parent / "examples"

Example = dict[str, Any]


@cache
def _examples() -> list[Example]:
    found: list[Example] = yaml.safe_load(FILE.read_text())["examples"] if FILE.exists() else []
    return found


def _parameters() -> list[Any]:
    if not FILE.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{FILE} is not here"), id="worked examples")]
    return [pytest.param(example, id=example["id"]) for example in _examples()]


# Spark is an extra: where it is installed it takes part.
HERE = [engine for engine in ENGINES if engine != "spark" or find_spec("pyspark")]


@pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not here")
def test_every_worked_example_has_its_scheme_and_every_scheme_its_example() -> None:
    wanted, written = {example["id"] for example in _examples()}, {file.stem for file in SCHEMES.glob("*.yaml")}

    assert {"not written": wanted - written, "no such example": written - wanted} == {
        "not written": set(),
        "no such example": set(),
    }


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize("example", _parameters())
def test_a_worked_example_comes_out_exactly(example: Example, engine: str, postgres: Any) -> None:
    connection = postgres() if engine == "postgres" else None
    scheme = load_scheme(SCHEMES / f"{example['id']}.yaml")

    result = run(scheme, Facts.from_units(example["facts"]), engine=engine, connection=connection)

    came_out = {unit: _of(scheme, result.unit(unit), expected) for unit, expected in example["expected"].items()}
    assert came_out == example["expected"]


def _of(scheme: Scheme, found: UnitResult, expected: dict[str, Any]) -> dict[str, Any]:
    """What an example states of a unit, as it came out; a word that is not known here is a KeyError."""
    places = [line.place for line in found.lines if line.place is not None]
    said = {
        "status": found.status,
        "points": _written(found.points),
        # a scheme of prizes alone has no totals to rank by
        "rank": found.rank if scheme.gives_totals else next(iter(places), None),
        "grade": found.grade,
        "prize": "prize" in {each.id for each in found.proposals},
    }
    return {word: said[word] for word in expected}


def _written(points: Decimal | None) -> str | None:
    return None if points is None else format(points, "f")
