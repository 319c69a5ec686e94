"""Small workbooks made in memory, and the units that the clerk of these tests knows."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from shoushan.exchange import clerk, foreign

UNITS = [
    clerk.KnownUnit("河西街道", "首善区人民政府河西街道办事处"),
    clerk.KnownUnit("城北街道", "首善区人民政府城北街道办事处"),
    clerk.KnownUnit("城北物流园", "首善区城北物流园"),
    clerk.KnownUnit("住建局", "首善区住房和城乡建设局"),
    clerk.KnownUnit("城管局", "首善区城市管理局"),
    clerk.KnownUnit("投资促进局", "首善区投资促进局", short=("招商局",)),
    clerk.KnownUnit("建设局", "首善区建设局", until=date(2025, 12, 31), successors=("住建局", "城管局")),
]
LINES = Path(__file__).resolve().parents[3] / "lines"
DEALS = """
line: deals
tables:
  deals:
    groups: [sector]
    identity: name
    identity_with: [unit, amount]
    fields:
      name: {required: true, words: [项目名称]}
      unit: {kind: split, required: true, words: [责任单位]}
      sector: {words: [行业]}
      amount: {kind: money, least: 0, currency: currency, words: [投资额]}
      currency: {kind: currency, words: [币种]}
      signed_on: {kind: date, words: [签约时间]}
      due_on: {kind: date, plan: true, words: [完成时限]}
      done: {kind: money, cumulative: true, words: [完成投资/累计]}
      month: {kind: money, words: [完成投资/本月]}
      share: {kind: share, most: 1, words: [完成率]}
      grade: {kind: choice, words: [等级], choices: {一级: [], 二级: [], 三级: []}}
      photo: {kind: link, words: [照片]}
      light: {kind: colour, of: name, words: [亮灯], choices: {绿: [正常], 红: [停滞]}}
      remark: {kind: lines, words: [备注]}
    checks:
      - {check: order, dates: [signed_on, due_on]}
      - {check: not_above, field: done, limit: amount, code: over_agreed, currency: currency}
      - {check: twins, same: [unit, amount, signed_on], like: name, code: near_duplicate, unlike_code: same_record}
"""


def intake(text: str = DEALS, *, folder: Path) -> clerk.Intake:
    """An intake as a line keeps it, from its text."""
    path = folder / "intake.yaml"
    path.write_text(textwrap.dedent(text), "utf-8")
    return clerk.load(path)


def line_intake(line: str) -> clerk.Intake:
    return clerk.load(LINES / line / "intake.yaml")


def book(*rows: Sequence[Any], change: Callable[[Any], None] | None = None, name: str = "表") -> foreign.Workbook:
    """A workbook of one sheet as the reader hands it on; ``change`` merges, hides and colours."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    data = io.BytesIO()
    made.save(data)
    return foreign.read_sheet(data.getvalue(), "book.xlsx")


def read(
    given: foreign.Workbook, understood: clerk.Intake, *, answers: Mapping[str, Any] | None = None, year: int = 2026
) -> clerk.Result:
    return clerk.read(given, understood, clerk.propose(given, understood), units=UNITS, year=year, answers=answers)


def questions(result: clerk.Result) -> list[tuple[str, list[int]]]:
    return [(one.code, one.rows) for one in result.questions]


def faults(result: clerk.Result) -> list[tuple[str, str]]:
    return [(one.cell, one.code) for one in result.refused]
