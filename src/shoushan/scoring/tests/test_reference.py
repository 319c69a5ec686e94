"""The reference of schemes shows what the library does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from shoushan.scoring import Facts, load_scheme
from shoushan.scoring.cases import Case, differences
from shoushan.scoring.command import score_main
from shoushan.scoring.formulas.functions import FUNCTIONS
from shoushan.scoring.loading import read_yaml, scheme_from
from shoushan.scoring.methods import METHODS
from shoushan.scoring.questions import QUESTIONS

ROOT = Path(__file__).parents[4]
REFERENCE = ROOT / "docs" / "reference" / "schemes.md"


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", REFERENCE.read_text(), re.DOTALL)


def test_the_example_of_the_reference_gives_what_the_reference_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme, facts = tmp_path / "scheme.yaml", tmp_path / "facts.csv"
    scheme.write_text(_blocks("yaml")[0])
    facts.write_text(_blocks("csv")[0])

    assert score_main([str(scheme), str(facts), "--engine", "sqlite", "--language", "zh-hans"]) == 0

    assert capsys.readouterr().out == _blocks("text")[0]


def test_the_veto_and_the_case_of_the_reference_can_be_read(tmp_path: Path) -> None:
    whole, _, _, veto, case = _blocks("yaml")
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text(whole + veto)

    assert [each.id for each in load_scheme(scheme).vetoes] == ["accident"]
    assert read_yaml(case, "cases.yaml")[0]["rule"] == "people.hazards"


def _recipes() -> list[Any]:
    return [
        pytest.param(recipe, case, id=name)
        for name, recipe, case in re.findall(
            r"### (\w+)\n.*?```yaml recipe\n(.*?)```\n\n```yaml case\n(.*?)```", REFERENCE.read_text(), re.DOTALL
        )
    ]


def test_the_reference_has_a_recipe_for_each_shape_and_combinations() -> None:
    assert len(_recipes()) == len({each.id for each in _recipes()}) == 34


@pytest.mark.parametrize(("recipe", "case"), _recipes())
def test_a_recipe_of_the_reference_gives_what_the_reference_says(recipe: str, case: str) -> None:
    [head] = _blocks("yaml head")
    written, asked = read_yaml(head, "head"), read_yaml(recipe, "recipe")
    choices = written["choices"] | asked.get("choices", {})
    scheme = scheme_from(written | asked | {"choices": choices}, "")

    wanted = Case.model_validate({"name": "recipe", **read_yaml(case, "case")})

    for engine in ("sqlite", "duckdb"):
        assert list(differences(scheme, wanted, engine=engine)) == []


def test_a_change_inside_the_year_counts_each_month_by_its_own_numbers() -> None:
    written = read_yaml(_blocks("yaml head")[0], "head") | read_yaml(_blocks("yaml")[2], "changes")
    given = {"returns.late@2026-05": 2, "returns.late@2026-07": 1, "returns.late@2026-08": 2}
    case = {"name": "months", "because": "10 − 2 × 0.5 − 3 × 1", "facts": given, "points": "6.00"}

    assert list(differences(scheme_from(written, ""), Case.model_validate(case))) == []


def test_the_facts_by_unit_of_the_reference_can_be_read() -> None:
    written = read_yaml(_blocks("yaml facts")[0], "facts")
    facts = Facts.from_units(written)

    assert len(facts.lists["河西街道"]["votes"]) == 3
    assert facts.lists["河西街道"]["awards"] == ()


def test_every_question_and_every_function_is_in_the_reference() -> None:
    text = REFERENCE.read_text()

    assert [key for key in QUESTIONS if f"`scheme.ask.{key}`" not in text] == []
    assert [name for name, each in FUNCTIONS.items() if f"{each.chinese} {name}" not in text] == []


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_in_the_reference_with_its_parameters(method: str) -> None:
    [line] = [line for line in REFERENCE.read_text().splitlines() if line.startswith(f"| `{method}` |")]

    missing = [name for name in METHODS[method].model_fields if f"`{name}" not in line]

    assert missing in ([], ["full"])


def test_every_refusal_of_scoring_is_in_the_reference() -> None:
    sources = [file.read_text() for file in (ROOT / "src/shoushan/scoring").rglob("*.py") if "tests" not in file.parts]
    codes = {code for text in sources for code in re.findall(r'"((?:scheme|facts|run|case|goal)\.[a-z_]+)",', text)}
    text = REFERENCE.read_text()

    assert {code for code in codes if f"`{code}`" not in text} == set()
