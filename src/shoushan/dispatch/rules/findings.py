"""What one rule found: a light, a sentence with its figures, and what causes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shoushan.dispatch.rules.book import Rule


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure inside a sentence, with its unit of measure."""

    amount: Decimal
    measure: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule on one thing; a light that cannot be judged keeps an alarm as it is and lights none."""

    cause: str
    unit: int
    light: str
    sentence: str
    rule: Rule
    title: str = ""
    goal: int | None = None
    url: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As an alarm keeps it."""
        said = {name: _plain(value) for name, value in self.params.items()}
        return {
            "rule": self.rule.key, "since": self.rule.since.isoformat(), "light": self.light, "title": self.title,
            "sentence": self.sentence, "params": said, "url": self.url,
        }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Quantity):
        return {"amount": _digits(value.amount), "measure": value.measure}
    if isinstance(value, Decimal):
        return _digits(value)
    return value.isoformat() if isinstance(value, date) else value


def _digits(value: Decimal) -> str:
    """Without zeros at the end, so that the same figure is written the same each night."""
    return f"{value.normalize():f}"
