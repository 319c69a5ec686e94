"""The ladder of a follow-up past its day (催办): who hears of it after how many working days; dated, and pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from shoushan.core import workdays

LADDER = Path(__file__).with_name("escalation.yaml")
WORDS = {
    "unit": _("The head of the unit is told"),
    "supervision": _("The supervision office calls"),
    "meeting": _("It comes before the next meeting"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """Where on the ladder a follow-up stands: how many working days late, who hears of it, and by which rule."""

    days: int
    who: str
    source: str

    @property
    def words(self) -> Any:
        return WORDS[self.who]


def rung(due_on: date, *, on: date) -> Rung | None:
    """The highest rung reached on a day; None while it is not late, or on the first working day's eve."""
    late = workdays.between(due_on, on, working=True)
    known = [ladder for ladder in _ladders() if ladder["from"] <= on]
    if not known:
        return None
    reached = [step for step in known[-1]["rungs"] if late >= step["days"]]
    return Rung(late, reached[-1]["who"], known[-1]["source"]) if reached else None


@lru_cache
def _ladders() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(LADDER.read_text(encoding="utf-8"))
    return sorted(found, key=lambda ladder: ladder["from"])
