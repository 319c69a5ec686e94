"""How well and how quickly offices' workbooks are read: the given ones against a careful clerk, and a long one."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from benchmarks.figures import Figure, at_least, at_most
from shoushan.exchange import clerk, foreign

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SHOUSHAN_SHARED") or ROOT.parent / "shared")
WORKBOOKS = SHARED / "data" / "workbooks"
LINES = ROOT / "src" / "shoushan" / "lines"
LEAST_EXACT = 0.97
ROWS = 10_000
BAD_EVERY = 33


def measure() -> list[Figure]:
    """Quality where the workbooks are at hand; speed always."""
    return [*(_quality() if WORKBOOKS.exists() else []), *_speed()]


def _quality() -> list[Figure]:
    published = _comparison()
    figures = []
    for path in sorted([*WORKBOOKS.glob("*.xlsx"), *WORKBOOKS.glob("*.csv")]):
        expected = json.loads((WORKBOOKS / f"{path.stem}.expected.json").read_text("utf-8"))
        found, _ = published.compare(expected, _read(path))
        records, refused, asked = found["records"], found["refused"], found["questions"]
        wrong = records["expected"] - records["given"] + sum(records["wrong"].values())
        figures += [
            at_least(f"{path.name}: fields exact", found["fields"]["share"], "", LEAST_EXACT),
            at_most(f"{path.name}: records missing or too many", abs(wrong), "rows", 0),
            at_most(f"{path.name}: guessed", found["fields"]["guessed_where_a_question_was_due"], "fields", 0),
            at_least(
                f"{path.name}: refused cells named", _share(refused["same_code"], refused["cells_expected"]), "", 1
            ),
            at_least(f"{path.name}: questions asked", _share(asked["asked"], asked["expected"]), "", 1),
            at_most(f"{path.name}: needless questions", asked["needless"], "", 0),
        ]
    return figures


def _share(some: int, of: int) -> float:
    return some / of if of else 1.0


def _read(path: Path) -> dict[str, Any]:
    intake = clerk.load(LINES / path.stem.partition("_")[0] / "intake.yaml")
    book = foreign.read_sheet(path.read_bytes(), path.name)
    result = clerk.read(book, intake, clerk.propose(book, intake), units=_units(), year=2026)
    return clerk.as_json(result, workbook=path.name, line=intake.line)


def _units() -> list[clerk.KnownUnit]:
    told = json.loads((WORKBOOKS / "units.json").read_text("utf-8"))["units"] if WORKBOOKS.exists() else []
    return [
        clerk.KnownUnit(
            one["name"],
            one["full"],
            tuple(one["short"]),
            one["kind"],
            date.fromisoformat(one["until"]) if "until" in one else None,
            tuple(one.get("successors", ())),
        )
        for one in told
    ]


def _comparison() -> Any:
    """The comparison as it was published beside the workbooks."""
    spec = importlib.util.spec_from_file_location("published_comparison", WORKBOOKS / "compare.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def long_book() -> bytes:
    """Ten thousand deals in twelve columns; one in thirty-three has a date that does not exist."""
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("台账")
    sheet.append(["2026年招商引资台账（单位：万元）"])
    head = "序号,项目名称,投资方,来源地,引进单位,产业,协议投资额,签约时间,到位资金/本月,到位资金/累计,开工时间,备注"
    sheet.append([one.replace("/", "") for one in head.split(",")])
    for number in range(ROWS):
        signed = date(2026, 1, 1) + timedelta(days=number % 150)
        said = "2026.2.30" if number % BAD_EVERY == 0 else f"{signed.year}.{signed.month}.{signed.day}"
        sheet.append(
            [
                number + 1,
                f"项目{number}",
                f"投资{number}有限公司",
                "望海市",
                "河西街道",
                "工业",
                500 + number % 900,
                said,
            ]
            + [number % 90, 100 + number % 90, None, f"备注{number}" if number % 3 else None]
        )
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def _speed() -> list[Figure]:
    data, intake = long_book(), clerk.load(LINES / "investment" / "intake.yaml")
    units = [
        clerk.KnownUnit("河西街道", "首善区人民政府河西街道办事处"),
        clerk.KnownUnit("住建局", "首善区住房和城乡建设局"),
    ]
    started = time.perf_counter()
    book = foreign.read_sheet(data, "long.xlsx")
    opened = time.perf_counter()
    result = clerk.read(book, intake, clerk.propose(book, intake), units=units, year=2026)
    done = time.perf_counter()
    bad = len(range(0, ROWS, BAD_EVERY))
    return [
        at_most(f"{ROWS} rows opened in a process of its own", opened - started, "s", 3),
        at_most(f"{ROWS} rows read by the clerk", done - opened, "s", 3),
        at_most("bad cells not named, or good ones named", abs(len(result.refused) - bad), "cells", 0),
    ]
