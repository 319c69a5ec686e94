"""Makers for tests of petitions: somebody who brings a matter, and a matter at a stage."""

from __future__ import annotations

from datetime import date
from typing import Any

from shoushan.evidence import actions as evidence
from shoushan.lines.petitions import actions
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Matter
from shoushan.registers import actions as registers
from shoushan.registers.testing import Office

EXAMPLES: dict[str, dict[str, Any]] = {"petitions": {}}
WHO = {"name": "欧阳望舒", "phone": "13800138000", "address": "河西街道柳荫巷9号", "id_number": "110101199003074530"}
GIVEN = {
    "sorted": {"way": "rest"},
    "answered": {"outcome": "partly", "answer": "已责令22时后停工"},
    "reviewed": {"review_outcome": "reversed"},
    "rereviewed": {"rereview_outcome": "upheld"},
    "closed": {"cause_done": "夜间施工改为先公示"},
}
TODAY = date(2026, 12, 3)


def make_matter(office: Office, *, on: date = date(2026, 3, 2), who: dict[str, str] = WHO, **given: Any) -> Matter:
    """夜间施工, brought on the second of March by 欧阳望舒."""
    fields = {"name": "夜间施工噪声", "kind": "appeal", "cause": "environment", **given}
    return actions.register(office.hexi, fields, who, on=on, by=office.officer)


def move(matter: Matter, office: Office, to: str, on: date) -> Matter:
    """One stage on, with its fields and file."""
    registers.edit(matter, GIVEN.get(to, {}), by=office.officer)
    need = line.needs.get(to)
    if need and need.evidence:
        evidence.add(matter, f"{to} {matter.pk}".encode(), "notice.txt", proves=to, by=office.officer)
    return registers.advance(matter, to, on=on, today=TODAY, by=office.officer)  # type: ignore[return-value]


def at(matter: Matter, office: Office, **days: date) -> Matter:
    """Through several stages, each on its day."""
    for stage, on in days.items():
        matter = move(matter, office, stage, on)
    return matter
