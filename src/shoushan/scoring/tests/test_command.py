"""The commands score files and check schemes, and refuse in the reader's language."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from shoushan.scoring import Facts
from shoushan.scoring.command import compare_main, scheme_main, score_main
from shoushan.scoring.tests.making import make_rule, make_written

ROOT = Path(__file__).parents[4]
FACTS = """unit,group,fact,value
甲,街道,roads.actual,5
甲,街道,roads.target,10
乙,街道,roads.actual,
乙,街道,roads.target,10
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A scheme with one section and a consequence, and facts of two units."""
    written = make_written(
        make_rule(section="city"),
        sections=[{"id": "city", "label": "城市建设", "weight": 100}],
        grades={"levels": [{"grade": "合格", "least": 40}, {"grade": "待提升"}]},
        consequences=[{"id": "praise", "kind": "commendation", "label": "通报表扬", "source": "第九条", "ranks_to": 1}],
    )
    scheme, facts = tmp_path / "scheme.yaml", tmp_path / "facts.csv"
    scheme.write_text(yaml.safe_dump(written, allow_unicode=True).replace("'2026-03-09'", "2026-03-09"))
    facts.write_text(FACTS)
    return scheme, facts


def _score(*arguments: object) -> int:
    return score_main([str(argument) for argument in (*arguments, "--engine", "sqlite")])


def test_standings_are_printed_group_by_group(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert _score(*files, "--language", "zh-hans") == 0

    said = capsys.readouterr().out
    assert "   1     50.00  甲  合格" in said
    assert "   –         –  乙  不可评" in said


def test_one_unit_is_explained_to_its_clause(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert _score(*files, "--explain", "甲", "--language", "zh-hant") == 0

    said = capsys.readouterr().out
    assert "甲：50.00 分，第 1 名，等次 合格" in said
    assert "城市建设 · 规则roads  5.00 / 10" in said
    assert "5 ÷ 10 = 50%，× 10 = 5 分。" in said
    assert "計入總分 50.00。" in said
    assert "第六条 (2026-03-09)" in said
    assert "通报表扬  (第九条)" in said


def test_a_grey_unit_is_explained_too(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert _score(*files, "--explain", "乙", "--language", "en") == 0

    assert "not evaluable / 10" in capsys.readouterr().out


def test_the_whole_run_can_be_had_as_json(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert _score(*files, "--json") == 0

    units = json.loads(capsys.readouterr().out)["units"]
    assert [(unit["unit"], unit["points"]) for unit in units] == [("甲", "50.00"), ("乙", None)]
    assert {"unit", "points", "status", "rank", "grade", "lines"} <= set(units[0])


def test_a_snapshot_scores_like_its_csv(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    scheme, facts = files
    snapshot = facts.with_suffix(".parquet")
    Facts.from_csv(facts).to_parquet(snapshot)

    assert _score(scheme, facts, "--json") == _score(scheme, snapshot, "--json") == 0

    first, second = capsys.readouterr().out.split("}\n{")
    assert json.loads(first + "}") == json.loads("{" + second)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.csv"], "[facts.file]"),
        (["facts.csv", "--explain", "丙"], "[run.no_unit]"),
        (["facts.csv", "--engine", "postgres"], "[run.connection]"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    files: tuple[Path, Path],
    arguments: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    arguments = [str(files[0]), str(files[1].with_name(arguments[0])), "--language", "zh-hans", *arguments[1:]]

    assert score_main(arguments) == 2

    printed = capsys.readouterr().err
    assert said in printed
    assert "。" in printed


def test_postgres_is_asked_where_the_environment_says(
    files: tuple[Path, Path], postgres: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", _address(postgres()))

    assert score_main([*map(str, files), "--engine", "postgres", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["engine"] == "postgres"


def _address(connection: Any) -> str:
    info = connection.info
    return f"postgresql://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"


def test_without_a_driver_postgres_is_refused(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = builtins.__import__

    def without(name: str, *arguments: Any, **given: Any) -> Any:
        if name == "psycopg":
            raise ImportError(name)
        return found(name, *arguments, **given)

    monkeypatch.setattr(builtins, "__import__", without)

    assert score_main([*map(str, files), "--engine", "postgres"]) == 2
    assert "[run.no_driver]" in capsys.readouterr().err


def test_several_refusals_are_all_said(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    scheme, facts = files
    scheme.write_text(scheme.read_text().replace("label:", "lable:"))

    assert _score(scheme, facts, "--language", "en") == 2
    assert capsys.readouterr().err.count("[scheme.unknown_key]") >= 2


def test_the_schemes_of_this_project_pass_their_cases(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    assert scheme_main(["check", "--language", "en"]) == 0
    assert "15 rules, 17 cases, 0 differences" in capsys.readouterr().out


def test_a_case_that_differs_is_named_and_fails(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    case = {"name": "半数", "facts": {"roads.actual": 5, "roads.target": 10}, "points": 6, "because": "五成"}
    files[0].with_name("cases.yaml").write_text(yaml.safe_dump([{**case, "rule": "roads"}], allow_unicode=True))

    assert scheme_main(["check", str(files[0]), "--language", "en"]) == 1
    assert "半数: unit has points 5.00, expected 6 because 五成" in capsys.readouterr().out


def test_a_scheme_without_cases_is_only_read(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert scheme_main(["check", str(files[0]), "--language", "en"]) == 0
    assert "1 rules, 0 cases, 0 differences" in capsys.readouterr().out


def test_a_case_sees_the_points_of_a_line_that_does_not_apply(tmp_path: Path) -> None:
    case = {
        "name": "没有任务",
        "rule": "roads",
        "facts": {"roads.actual": "n/a", "roads.target": "n/a"},
        "because": "按条文",
    }
    (tmp_path / "scheme.yaml").write_text(yaml.safe_dump(make_written(make_rule(full=100, when_not_applicable="full"))))
    (tmp_path / "cases.yaml").write_text(yaml.safe_dump([{**case, "points": 100, "status": "not_applicable"}]))

    assert scheme_main(["check", str(tmp_path)]) == 0


def test_a_folder_without_schemes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scheme_main(["check", str(tmp_path), "--language", "en"]) == 2
    assert "[scheme.none]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"name": "x"}, "[case.invalid]"),
        ("x", "[case.invalid]"),
        ({"name": "x", "because": "y", "rule": "trees", "facts": {"a": 1}, "points": 1}, "[case.no_rule]"),
    ],
)
def test_a_case_that_cannot_be_run_is_refused(
    files: tuple[Path, Path], case: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files[0].with_name("cases.yaml").write_text(yaml.safe_dump([case]))

    assert scheme_main(["check", str(files[0])]) == 2
    assert said in capsys.readouterr().err


def test_a_snapshot_is_scored_into_a_folder(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    scheme, facts = files
    snapshot = facts.with_suffix(".parquet")
    Facts.from_csv(facts).to_parquet(snapshot)

    assert _score(scheme, snapshot, "--out", facts.with_name("out"), "--language", "en") == 0
    assert "2 units with 2 lines" in capsys.readouterr().out
    assert _score(scheme, facts, "--out", facts.with_name("out"), "--language", "en") == 2
    assert "[run.not_parquet]" in capsys.readouterr().err


def test_what_if_is_told_and_refused_by_command(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--what-if", "甲/roads.actual=8", "--what-if", "city=50"]

    assert _score(*files, *asked) == 0
    assert capsys.readouterr().out.splitlines() == ["甲  50.00 → 40.00  (1 → 1)", "乙  – → –  (– → –)"]
    for wrong in ("city=many", "5"):
        assert _score(*files, "--what-if", wrong, "--language", "en") == 2
        assert "[whatif.form]" in capsys.readouterr().err


def test_firmness_is_told_by_command(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    files[1].write_text(FACTS.replace("乙,街道,roads.actual,\n", "乙,街道,roads.actual,4.9\n丙,街道,roads.actual,5\n")
                        + "丙,街道,roads.target,10\n")  # fmt: skip

    assert _score(*files, "--firm", "1", "--language", "en") == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "   1  [1–1]  甲"
    assert said[1].startswith("   3  [3–3]  乙  0.101 points more in 规则roads would pass")


def test_two_runs_are_compared_by_command(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "a", tmp_path / "b"
    for folder, text in ((before, FACTS), (after, FACTS.replace("actual,5", "actual,6"))):
        folder.mkdir()
        (folder / "scheme.yaml").write_text(files[0].read_text())
        (folder / "facts.csv").write_text(text)
    Facts.from_csv(after / "facts.csv").to_parquet(after / "facts.parquet")

    given = [str(before), str(after), "--engine", "sqlite", "--language", "en"]
    assert compare_main([*given, "--corrected", "甲/roads.actual"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "甲  50.00 → 60.00  (1 → 1)  corrected values +10.00",
        "乙  – → –  (– → –)",
    ]
    assert compare_main([str(before), str(tmp_path / "c"), "--language", "en"]) == 2


BY_UNIT = (
    "甲: {group: 街道, roads.actual: 5, roads.target: 10}\n乙: {group: 街道, roads.actual: null, roads.target: 10}\n"
)


def test_facts_by_unit_score_like_rows(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    by_unit = files[1].with_suffix(".yaml")
    by_unit.write_text(BY_UNIT)

    assert _score(files[0], by_unit, "--json") == _score(*files, "--json") == 0

    first, second = capsys.readouterr().out.split("}\n{")
    assert json.loads(first + "}") == json.loads("{" + second)


@pytest.mark.parametrize("text", ["[甲, 乙]\n", "甲: 5\n"])
def test_facts_that_name_no_units_are_refused(
    files: tuple[Path, Path], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    by_unit = files[1].with_suffix(".yml")
    by_unit.write_text(text)

    assert _score(files[0], by_unit, "--language", "en") == 2
    assert capsys.readouterr().err.startswith("facts.yml must name units, each with its facts.")
