"""Offices' own workbooks, where they are at hand: every record, refusal and question as a careful clerk has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shoushan.exchange import clerk, foreign
from shoushan.exchange.clerk.tests.books import LINES, line_intake

LINE_NAMES = ["investment", "projects", "streets", "greening", "hazards", "licensing", "enterprise", "campaigns"]
NAMES = [
    "campaigns_2026-07.xlsx",
    "enterprise_2026-h1.xlsx",
    "enterprise_export.csv",
    "greening_2026.xlsx",
    "hazards_2026.xlsx",
    "investment_2026-06.xlsx",
    "licensing_2026-06.xlsx",
    "projects_2026-05.xlsx",
    "projects_2026-06.xlsx",
    "streets_2026-10.xlsx",
]


def units(folder: Path) -> list[clerk.KnownUnit]:
    told = json.loads((folder / "units.json").read_text("utf-8"))["units"]
    return [
        clerk.KnownUnit(
            one["name"], one["full"], tuple(one["short"]), one["kind"],
            date.fromisoformat(one["until"]) if "until" in one else None, tuple(one.get("successors", ())),
        )
        for one in told
    ]  # fmt: skip


def result_of(folder: Path, name: str) -> tuple[clerk.Result, dict[str, Any]]:
    intake = line_intake(name.partition("_")[0])
    book = foreign.read_sheet((folder / name).read_bytes(), name)
    layout = clerk.Layout.from_json(clerk.propose(book, intake).as_json())
    result = clerk.read(book, intake, layout, units=units(folder), year=2026)
    return result, clerk.as_json(result, workbook=name, line=intake.line)


def squeezed(value: Any) -> Any:
    return None if value is None else "".join(str(value).split())


@pytest.mark.parametrize("line", LINE_NAMES)
def test_every_line_s_intake_is_sound(line: str) -> None:
    assert clerk.load(LINES / line / "intake.yaml").line == line


@pytest.mark.parametrize("name", NAMES)
def test_an_office_s_workbook_is_read_as_a_clerk_would(shared: Callable[[str], Path], name: str) -> None:
    folder = shared("workbooks")
    expected = json.loads((folder / f"{Path(name).stem}.expected.json").read_text("utf-8"))

    _, found = result_of(folder, name)

    assert {(one["sheet"], one["row"]) for one in found["records"]} == {
        (one["sheet"], one["row"]) for one in expected["records"]
    }
    wanted = {(one["sheet"], one["row"]): one["fields"] for one in expected["records"]}
    for record in found["records"]:
        fields = wanted[record["sheet"], record["row"]]
        assert {key for key, value in fields.items() if value is None} <= {
            key for key, value in record["fields"].items() if value is None
        }
        assert {key for key, value in record["fields"].items() if value is not None} == {
            key for key, value in fields.items() if value is not None
        }
    assert {(one["row"], squeezed(one["column"]), one["cell"], one["code"]) for one in found["refused"]} == {
        (one["row"], squeezed(one["column"]), one["cell"], one["code"]) for one in expected["refused"]
    }
    assert sorted((one["code"], one["rows"], one["hold"]) for one in found["questions"]) == sorted(
        (one["code"], one["rows"], one.get("hold", [])) for one in expected["questions"]
    )


def test_june_is_paired_with_may(shared: Callable[[str], Path]) -> None:
    folder = shared("workbooks")
    expected = json.loads((folder / "projects_2026-06.expected.json").read_text("utf-8"))["against"]
    may, _ = result_of(folder, "projects_2026-05.xlsx")
    june, _ = result_of(folder, "projects_2026-06.xlsx")

    found = clerk.against(may.rows, june, line_intake("projects")).as_json()

    assert found["pairs"] == expected["pairs"]
    assert sorted((one["code"], one["rows"]) for one in found["questions"]) == sorted(
        (one["code"], one["rows"]) for one in expected["questions"]
    )


def test_may_s_layout_reads_june(shared: Callable[[str], Path]) -> None:
    folder = shared("workbooks")
    intake = line_intake("projects")
    may, june = (
        foreign.read_sheet((folder / name).read_bytes(), name)
        for name in ("projects_2026-05.xlsx", "projects_2026-06.xlsx")
    )
    layout = clerk.propose(may, intake)

    remembered = clerk.read(june, intake, layout, units=units(folder), year=2026)

    assert (
        remembered.records
        == clerk.read(june, intake, clerk.propose(june, intake), units=units(folder), year=2026).records
    )
    assert clerk.propose(june, intake).fingerprint != layout.fingerprint
