"""Facts are read exactly, and never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shoushan.core.errors import Refusal
from shoushan.scoring import Facts, run
from shoushan.scoring.facts import Absent
from shoushan.scoring.tables import tables
from shoushan.scoring.tests.making import make_rule, make_scheme


def _csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "facts.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_long_and_wide_files_say_the_same(tmp_path: Path) -> None:
    long = Facts.from_csv(_csv(tmp_path, "unit,group,fact,value\n河西街道,街道,a,1.50\n河西街道,街道,b,\n"))
    wide = Facts.from_csv(_csv(tmp_path, "\ufeffunit,group,a,b\r\n河西街道,街道,1.50,\r\n"))

    assert long == wide
    assert long.sha256 == wide.sha256


def test_an_empty_value_is_missing_and_never_zero(tmp_path: Path) -> None:
    facts = Facts.from_csv(_csv(tmp_path, "unit,group,fact,value\n甲,街道,a,\n甲,街道,b,0\n甲,街道,c,不适用\n"))

    assert facts.get("甲", "a") is Absent.MISSING
    assert facts.get("甲", "b") == Decimal(0)
    assert facts.get("甲", "c") is Absent.NOT_APPLICABLE
    assert facts.get("甲", "d") is None


def test_a_snapshot_gives_back_what_was_frozen(tmp_path: Path) -> None:
    rows = [("甲", "a", "12.30"), ("甲", "b", ""), ("甲", "c", "n/a"), ("乙", "", "")]
    facts = Facts.from_rows({"unit": u, "group": "街道", "fact": f, "value": v} for u, f, v in rows)
    file = tmp_path / "facts.parquet"

    sha256 = facts.to_parquet(file)

    assert Facts.from_parquet(file, sha256=sha256) == facts
    assert facts.to_parquet(tmp_path / "again.parquet") == sha256
    assert list(facts.groups) == ["甲", "乙"]


def test_a_changed_snapshot_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "facts.parquet"
    sha256 = Facts.from_rows([{"unit": "甲", "group": "", "fact": "a", "value": "1"}]).to_parquet(file)
    Facts.from_rows([{"unit": "甲", "group": "", "fact": "a", "value": "2"}]).to_parquet(file)

    with pytest.raises(Refusal) as refused:
        Facts.from_parquet(file, sha256=sha256)

    assert refused.value.code == "facts.changed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit,fact,value\n甲,a,1\n", "facts.head"),
        ("", "facts.head"),
        ("unit,group,a,a\n甲,街道,1,2\n", "facts.head"),
        ("unit,group,fact,value\n,街道,a,1\n", "facts.no_unit"),
        ("unit,group,fact,value\n甲,街道,a,1\n甲,部门,b,1\n", "facts.two_groups"),
        ("unit,group,fact,value\n甲,街道,a,1\n甲,街道,a,1\n", "facts.twice"),
        ("unit,group,fact,value\n甲,街道,a,1,240\n", "facts.ragged"),
        ("unit,group,a,b\n甲,街道,1\n", "facts.ragged"),
        ('unit,group,fact,value\n甲,街道,a,"1,240"\n', "facts.not_a_number"),
        ("unit,group,fact,value\n甲,街道,a,１２\n", "facts.not_a_number"),
        ("unit,group,fact,value\n甲,街道,a,1e3\n", "facts.not_a_number"),
        ("unit,group,fact,value\n甲,街道,a,NaN\n", "facts.not_a_number"),
        ("unit,group,fact,value\n甲,街道,a,=1+1\n", "facts.not_a_number"),
    ],
)
def test_a_row_that_would_have_to_be_guessed_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Facts.from_csv(_csv(tmp_path, text))

    assert refused.value.code == code
    assert "%(" not in str(refused.value)


def test_another_encoding_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Facts.from_csv(_csv(tmp_path, "unit,group,fact,value\n河西街道,街道,a,1\n", "gb18030"))

    assert refused.value.code == "facts.encoding"


@pytest.mark.parametrize("value", [0.1, float("inf"), Decimal("Infinity"), Decimal("NaN"), True])
def test_binary_fractions_and_what_is_no_number_are_refused(value: Any) -> None:
    with pytest.raises(Refusal) as refused:
        Facts.from_rows([{"unit": "甲", "group": "街道", "fact": "a", "value": value}])

    assert refused.value.code == "facts.not_a_number"


def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Facts.from_csv(_csv(tmp_path, "unit,group,fact,value\n甲,街道,a,1\n甲,街道,done,2026-02-30\n"))

    assert refused.value.code == "facts.no_day"
    assert str(refused.value).startswith("Row 2: “2026-02-30” for done is no day of the calendar.")


@pytest.mark.parametrize(("given", "said"), [("2026-03-08", "2026-03-08"), ([1, 2], "a[]")])
def test_a_day_or_a_list_is_not_taken_for_no_such_work(given: Any, said: str) -> None:
    scheme = make_scheme(make_rule("r", method={"given": {}}, indicator={"value": "a"}))

    with pytest.raises(Refusal) as refused:
        tables(scheme, Facts.from_units({"甲": {"a": 1, "b": date(2026, 3, 8)}, "乙": {"a": given}, "丙": {"c": [1]}}))

    assert refused.value.code == "facts.no_number_here"
    assert str(refused.value).startswith(f"“{said}” stands where the formula needs one number.")


@pytest.mark.parametrize("given", ["未报", date(2026, 3, 8), [1, 2]])
def test_what_is_no_number_is_refused_where_a_rule_needs_one(given: Any) -> None:
    facts = Facts.from_units({"甲": {"roads.actual": given, "roads.target": 6}, "乙": {"roads.actual": 3}})

    with pytest.raises(Refusal) as refused:
        run(make_scheme(), facts, engine="sqlite")

    assert refused.value.code == "facts.no_number_here"


def test_a_word_survives_a_snapshot(tmp_path: Path) -> None:
    facts = Facts.from_units({"甲": {"partner": "乙", "group": "街道"}, "乙": {"group": "街道"}})
    facts.to_parquet(tmp_path / "facts.parquet")

    assert Facts.from_parquet(tmp_path / "facts.parquet") == facts
    assert facts.words == {"甲": {"partner": "乙"}}
    assert facts.groups["乙"] == "街道"
