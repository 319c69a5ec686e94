"""The reference of schemes shows what the library does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shoushan.scoring import load_scheme
from shoushan.scoring.command import score_main
from shoushan.scoring.loading import read_yaml
from shoushan.scoring.methods import METHODS

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
    whole, veto, case = _blocks("yaml")
    scheme = tmp_path / "scheme.yaml"
    scheme.write_text(whole + veto)

    assert [each.id for each in load_scheme(scheme).vetoes] == ["accident"]
    assert read_yaml(case, "cases.yaml")[0]["rule"] == "people.hazards"


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_in_the_reference_with_its_parameters(method: str) -> None:
    [line] = [line for line in REFERENCE.read_text().splitlines() if line.startswith(f"| `{method}` |")]

    missing = [name for name in METHODS[method].model_fields if f"`{name}" not in line]

    assert missing in ([], ["full"])


def test_every_refusal_of_scoring_is_in_the_reference() -> None:
    sources = [file.read_text() for file in (ROOT / "src/shoushan/scoring").glob("*.py")]
    codes = {code for text in sources for code in re.findall(r'"((?:scheme|facts|run|case|goal)\.[a-z_]+)",', text)}
    text = REFERENCE.read_text()

    assert {code for code in codes if f"`{code}`" not in text} == set()
