"""100,000 rows into a workbook, against XlsxWriter writing the same cells and doing nothing else."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from benchmarks.figures import Figure, at_most
from benchmarks.many import fresh, in_process, ready

ROWS, FEW = 100_000, 10_000


def child(count: int) -> None:
    """In a process of its own: seconds of the export, of the bare writing, and the memory of the export."""
    by = ready()
    from shoushan.lines.investment.line import deals
    from shoushan.registers import sheets
    from shoushan.registers.queries import chosen

    told: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        before = _memory()
        began = time.perf_counter()
        sheets.export(deals, chosen(deals, by, {})[:count], Path(folder) / "ours.xlsx", tell=told.append)
        ended = time.perf_counter()
        memory = _memory() - before
        bare = _bare(Path(folder), count) if count == ROWS else 0.0
    print(json.dumps({"export": ended - began, "bare": bare, "memory": memory, "told": len(told)}))


def _bare(folder: Path, count: int) -> float:
    """The same cells, read beforehand, written by XlsxWriter alone."""
    from shoushan.lines.investment.line import deals
    from shoushan.lines.investment.models import Deal

    rows: list[tuple[Any, ...]] = list(
        Deal.objects.order_by("-pk").values_list("pk", "unit__name", *deals.fields, "stage")[:count]
    )
    began = time.perf_counter()
    book = xlsxwriter.Workbook(folder / "bare.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, int):
                sheet.write_number(number, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, value)
            else:
                sheet.write_string(number, place, value)
    book.close()
    return time.perf_counter() - began


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure() -> list[Figure]:
    with fresh() as settings:
        in_process_fill(settings)
        few = in_process(settings, "benchmarks.exporting", str(FEW))
        many = in_process(settings, "benchmarks.exporting", str(ROWS))
    return [
        at_most("100,000 rows exported, to bare XlsxWriter", many["export"] / many["bare"], "times", 1.5),
        at_most("100,000 rows exported", many["export"], "s", 120),
        at_most("memory of 100,000 rows beyond that of 10,000", many["memory"] - few["memory"], "MB", 20),
    ]


def in_process_fill(settings: dict[str, str]) -> None:
    """Fill the district with deals, in a process of its own."""
    import subprocess

    from tools.environment import PYTHON, ROOT

    subprocess.run([str(PYTHON), "-m", "benchmarks.many", str(ROWS)], env=settings, cwd=ROOT, check=True)


if __name__ == "__main__" and len(sys.argv) > 1:
    child(int(sys.argv[1]))
