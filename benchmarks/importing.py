"""A workbook of 10,000 rows with 300 bad ones of 20 kinds: looked at and entered, on both databases."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from datetime import date
from typing import Any

import xlsxwriter

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.many import fresh, in_process, ready
from tools import postgres

ROWS, KINDS, OF_EACH = 10_000, 20, 15
LIMITS = {"SQLite": 5, "PostgreSQL": 4}
BAD: list[tuple[str, Any]] = [
    ("name", None), ("investor", None), ("unit", "nowhere"), ("unit", None), ("agreed_yuan", "=1+1"),
    ("agreed_yuan", "#DIV/0!"), ("agreed_yuan", "约5000"), ("agreed_yuan", -5), ("agreed_yuan", 10.5),
    ("agreed_yuan", "9" * 31), ("industry", "no such"), ("currency", "no such"), ("signed_on", "2026-02-30"),
    ("name", "x" * 130), ("name", "abc\u202edef"), ("received_yuan", 99_000_000), ("started_on", "2025-01-05"),
    ("split", "河西街道=0.6"), ("apart", "no such"), ("name", "=cmd()"),
]  # fmt: skip


def workbook(columns: Any) -> bytes:
    """The register's own columns, filled; every thirty-third row has one bad cell."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    sheet = book.add_worksheet()
    keys = [column.key for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.header)
    step = ROWS // (KINDS * OF_EACH)
    for number in range(ROWS):
        row: dict[str, Any] = {
            "unit": "河西街道", "name": f"冷链物流项目{number}号", "investor": f"北辰{number}公司", "home": "澄州市",
            "agreed_yuan": 8_000_000, "received_yuan": 2_000_000, "currency": None, "signed_on": "2026-03-05",
            "started_on": "2026-04", "land": f"{number}号地块", "leads": number % 7, "remark": "一切正常",
        }  # fmt: skip
        row["currency"] = str(next(iter(next(c for c in columns if c.key == "currency").choices.values())))
        if number % step == 0 and number // step < KINDS * OF_EACH:
            name, value = BAD[number // step % KINDS]
            row[name] = value
        for key, value in row.items():
            _write(sheet, number + 1, keys.index(key), value)
    book.close()
    return held.getvalue()


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    if isinstance(value, str) and value == "#DIV/0!":
        sheet.write_formula(row, place, "=1/0", None, value)
    elif isinstance(value, str) and value.startswith("="):
        sheet.write_formula(row, place, value, None, 2)
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        sheet.write_number(row, place, value)


def child() -> None:
    """In a process of its own: how long it took, how many rows were named, and how much memory was needed."""
    by = ready()
    from shoushan.exchange import foreign
    from shoushan.ledger.moment import acting
    from shoushan.lines.investment.line import deals
    from shoushan.lines.investment.models import Deal
    from shoushan.orgs.models import Unit
    from shoushan.registers import sheets
    from shoushan.web import clock

    data, on = workbook(sheets.columns(deals, list(Unit.objects.all()))), date(2026, 6, 1)
    with acting(clock.now()):
        cpu = time.process_time()
        began = time.perf_counter()
        found = sheets.read(deals, foreign.read_sheet(data, "deals.xlsx"), year=2026)
        made = sheets.plan(deals, found.rows, on=on, by=by)
        looked = time.perf_counter()
        done = sheets.enter(deals, made.good, on=on, by=by)
        ended = time.perf_counter()
    bad = {each.row for each in [*found.bad, *made.bad, *done.bad]}
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "look": looked - began, "enter": ended - looked, "named": len(bad), "entered": Deal.objects.count(),
        "memory": memory / 1024, "cpu": time.process_time() - cpu,
    }  # fmt: skip
    print(json.dumps(told))


def measure() -> list[Figure]:
    figures: list[Figure] = []
    with postgres.running() as address:
        for name, database in (("SQLite", ""), ("PostgreSQL", address)):
            with fresh(database) as settings:
                told = in_process(settings, "benchmarks.importing", "child")
            whole = told["look"] + told["enter"]
            figures += [
                at_most(f"10,000 rows looked at and entered, {name}", whole, "s", LIMITS[name]),
                at_most(f"… of which this process computed, {name}", told["cpu"], "s", LIMITS[name]),
                at_most(f"… of which looking, {name}", told["look"], "s", LIMITS[name]),
                at_least(f"bad rows named, {name}", told["named"] if told["named"] == 300 else 0, "rows", 300),
                at_least(f"good rows entered, {name}", told["entered"], "rows", ROWS - 300),
                at_most(f"most memory of one process, {name}", told["memory"], "MB", 300),
            ]
    return figures


if __name__ == "__main__" and sys.argv[1:] == ["child"]:
    child()
