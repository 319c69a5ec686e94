"""A snapshot scored column by column gives what a district's run gives."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, Scheme, run, snapshots
from shoushan.scoring.snapshots import score_snapshot
from shoushan.scoring.tests.making import make_facts, make_rule, make_scheme

UNITS: dict[str, dict[str, Any]] = {
    "甲": {"roads": ("4.5", 10), "trees": ("n/a", "n/a"), "v": "1.25", "late": 0},
    "乙": {"roads": (None, 10), "trees": (3, 9), "v": "-2", "late": 1},
    "丙": {"roads": (10, 10), "trees": (5, 7), "v": "7.000001", "late": 0},
    "丁": {"roads": (-3, 10), "trees": (7, "7"), "v": None, "late": 0},
}
GROUPS = {"甲": "街道", "乙": "街道", "丙": "部门", "丁": "部门"}


def _scheme(**given: Any) -> Scheme:
    value = {"value": "v"}
    return make_scheme(
        make_rule(when_missing="zero", method={"completion": {"full": 10, "floor": "-0.5"}}),
        make_rule("trees", when_not_applicable="mean"),
        make_rule("rank", method={"ranking": {"points": [5, 3], "ties": "average"}}, indicator=value),
        make_rule("best", method={"efficacy": {"full": 8}}, indicator=value),
        tie_break=[{"fact": "late", "lower_first": True}],
        grades={"levels": [{"grade": "优", "least": 20}, {"grade": "差"}]},
        **given,
    )


def _snapshot(folder: Path, units: Any = None) -> Path:
    file = folder / "facts.parquet"
    make_facts(units or UNITS, GROUPS).to_parquet(file)
    return file


def _same(scheme: Scheme, file: Path, out: Path) -> None:
    found = score_snapshot(scheme, file, out=out)

    expected = run(scheme, Facts.from_parquet(file), engine="sqlite")
    assert [
        (each["unit"], each["group"], each["status"], each["points"], each["rank"], each["grade"])
        for each in found.standings()
    ] == [
        (each.unit, each.group, each.status, None if each.points is None else str(each.points), each.rank, each.grade)
        for each in expected.units
    ]
    assert found.lines == sum(len(each.lines) for each in expected.units)
    assert found.units == len(expected.units)


@pytest.mark.parametrize("lines", [1, 1000])
def test_a_snapshot_gives_what_a_run_gives(tmp_path: Path, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "LINES_AT_ONCE", lines)

    _same(_scheme(), _snapshot(tmp_path), tmp_path / "out")

    assert len(list((tmp_path / "out").glob("lines-*.parquet"))) == (2 if lines == 1 else 1)


def test_rules_that_compare_everybody_are_scored_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "LINES_AT_ONCE", 1)
    scheme = make_scheme(make_rule(method={"group_mean": {}}, indicator={"value": "v"}))

    _same(scheme, _snapshot(tmp_path), tmp_path / "out")

    assert len(list((tmp_path / "out").glob("lines-*.parquet"))) == 1


@pytest.mark.parametrize("otherwise", ["leave_out", "mean"])
def test_the_last_digit_is_settled_in_a_snapshot_too(tmp_path: Path, otherwise: str) -> None:
    # 1/3 + 1/3 + 1/3 + 0.005: exactly on the edge, and below it for whoever adds up cut decimals.
    thirds = dict.fromkeys(("a", "b", "c"), ("1", "3"))
    units = {"甲": {**thirds, "d": ("0.005", 1)}, "乙": {**thirds, "d": ("0.004", 1)}}
    scheme = make_scheme(*(make_rule(name, full=1, when_not_applicable=otherwise) for name in "abcd"), left_out="none")
    file = tmp_path / "facts.parquet"
    make_facts(units).to_parquet(file)

    found = score_snapshot(scheme, file, out=tmp_path / "out")

    assert [each["points"] for each in found.standings()] == ["1.01", "1.00"]
    _same(scheme, file, tmp_path / "out")


def test_a_run_on_a_snapshot_says_what_it_was_computed_from(tmp_path: Path) -> None:
    file = _snapshot(tmp_path)

    score_snapshot(_scheme(rounding={"places": 0}), file, out=tmp_path / "out", as_of=date(2026, 12, 31))

    said = json.loads((tmp_path / "out" / "run.json").read_text())
    assert said["as_of"] == "2026-12-31"
    assert said["snapshot_sha256"] == make_facts(UNITS, GROUPS).to_parquet(tmp_path / "again.parquet")
    assert {"scheme", "version", "scheme_sha256", "engine_version"} <= set(said)


def _rows(*rows: tuple[str, str, str, str]) -> Any:
    names = ("unit", "group", "fact", "value")
    return pyarrow.table({name: [row[index] for row in rows] for index, name in enumerate(names)})


ONE = ("甲", "街道", "roads.actual", "5"), ("甲", "街道", "roads.target", "10")


@pytest.mark.parametrize("row", [(" 乙", "街道", "roads.actual", "1"), ("乙", "街道", "roads.actual", "+1")])
def test_what_the_quick_way_cannot_read_is_read_the_careful_way(tmp_path: Path, row: tuple[str, str, str, str]) -> None:
    file = tmp_path / "facts.parquet"
    pyarrow.parquet.write_table(_rows(*ONE, row), file)

    _same(make_scheme(), file, tmp_path / "out")

    # the odd row counts as it reads: of a unit 乙 without the space, and one road without the sign
    assert Facts.from_parquet(file).get("乙", "roads.actual") == 1
    assert {each["unit"] for each in score_snapshot(make_scheme(), file, out=tmp_path / "again").standings()} == {
        "甲",
        "乙",
    }


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("甲", "街道", "roads.actual", "5"), "facts.twice"),
        (("甲", "部门", "trees", "5"), "facts.two_groups"),
        (("", "街道", "roads.actual", "5"), "facts.no_unit"),
        (("乙", "街道", "roads.actual", "1e3"), "facts.not_a_number"),
        (("乙", "街道", "roads.actual", "NaN"), "facts.not_a_number"),
        (("乙", "街道", "roads.actual", "inf"), "facts.not_a_number"),
        (("乙", "街道", "roads.actual", "五"), "facts.no_number_here"),
        (("乙", "街道", "roads.actual", "1_000"), "facts.not_a_number"),
        (("乙", "街道", "roads.actual", "0.1234567"), "snapshot.too_fine"),
        (("乙", "街道", "roads.actual", "9" * 40), "facts.too_large"),
        (("乙", "街道", "roads.actual", "999999999999"), None),
        (("乙", "街道", "roads.actual", "999999999999.5"), "facts.too_large"),
    ],
)
def test_a_snapshot_is_refused_where_facts_would_be(
    tmp_path: Path, row: tuple[str, str, str, str], code: str | None
) -> None:
    file = tmp_path / "facts.parquet"
    pyarrow.parquet.write_table(_rows(*ONE, row), file)

    if code is None:
        assert score_snapshot(make_scheme(), file, out=tmp_path / "out").units == 2
        return
    with pytest.raises(Refusal) as refused:
        score_snapshot(make_scheme(), file, out=tmp_path / "out")

    assert refused.value.code == code
    assert refused.value.hint


def test_a_column_of_another_kind_is_read_the_careful_way(tmp_path: Path) -> None:
    file = tmp_path / "facts.parquet"
    table = _rows(*ONE)
    pyarrow.parquet.write_table(table.set_column(3, "value", pyarrow.array([Decimal("5.0"), Decimal("10.0")])), file)

    assert next(iter(score_snapshot(make_scheme(), file, out=tmp_path / "out").standings()))["points"] == "5.00"


def test_a_scheme_with_formulas_is_not_scored_by_columns(tmp_path: Path) -> None:
    scheme = make_scheme(make_rule("r", method={"formula": {"points": "v × 2"}}))

    with pytest.raises(Refusal) as refused:
        score_snapshot(scheme, _snapshot(tmp_path), out=tmp_path / "out")

    assert refused.value.code == "snapshot.formulas"
    assert "reckoned unit by unit" in str(refused.value)
    assert not (tmp_path / "out").exists()
