"""How long what is sealed is kept after a matter was closed: the dated table in `retention.yaml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from shoushan.lines.petitions.models import Stage

RULES = {"reviewed": _("A review was asked for"), "ordinary": _("Any other matter")}


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when something is kept, by which rule of the table and on what legal basis."""

    rule: str
    years: int
    basis: str
    until: date

    @property
    def label(self) -> Any:
        return RULES[self.rule]


@cache
def tables() -> list[dict[str, Any]]:
    """Every table there has been, the newest first."""
    read = yaml.safe_load((Path(__file__).parent / "retention.yaml").read_text(encoding="utf-8"))
    return sorted(read["tables"], key=lambda table: table["since"], reverse=True)


def kept(closed_on: date, reached: Iterable[str], *, on: date) -> Kept | None:
    """How long a matter's sealed words are kept that was closed on a day; by the table in force, where there is one."""
    table = next((table for table in tables() if table["since"] <= on), None)
    if table is None:
        return None
    stages = {str(stage) for stage in reached}
    rule = next(rule for rule in table["rules"] if "when" not in rule or str(Stage(rule["when"])) in stages)
    return Kept(rule["key"], rule["years"], table["basis"], _years_later(closed_on, rule["years"]))


def _years_later(day: date, years: int) -> date:
    """The same day some years later; of 29 February, where there is none, the 28th.

    >>> _years_later(date(2024, 2, 29), 10)
    datetime.date(2034, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
