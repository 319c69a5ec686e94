"""The dated figures of the agenda's rule (议题): what comes before a meeting by itself; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).with_name("agenda.yaml")


@dataclass(frozen=True, slots=True)
class AgendaRule:
    """The figures as they hold on a day, and who says so."""

    since: date
    source: str
    yellow_months: int
    falls_due_days: int
    late_units: int
    owed_days: int


def agenda_rule(on: date) -> AgendaRule:
    """The rule that holds on a day; before the first one in the file, the first one."""
    known = _rules()
    return next((rule for rule in reversed(known) if rule.since <= on), known[0])


@lru_cache
def _rules() -> list[AgendaRule]:
    found: list[dict[str, Any]] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    rules = [AgendaRule(since=each.pop("from"), **each) for each in found]
    return sorted(rules, key=lambda rule: rule.since)
