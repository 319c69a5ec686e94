"""The rule book of warnings: each rule with its figures, from when to when, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WRITTEN = Path(__file__).parent / "warnings.yaml"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it holds from a day on; without a source its figures are our own choice of a day."""

    key: str
    since: date
    until: date | None = None
    source: str = ""
    chosen: date | None = None
    parameters: dict[str, Decimal] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Decimal:
        return self.parameters[name]

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class Book:
    """Every rule that is or was in force."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = list(rules)

    def rule(self, key: str, on: date) -> Rule | None:
        """The rule as it holds on a day; none where the district does not use it then."""
        return next((rule for rule in self.rules if rule.key == key and rule.holds(on)), None)

    def faults(self) -> list[str]:
        """Why the book cannot be used: two versions on one day, or figures without a source or a day of choice."""
        found = [
            f"{it.key} {it.since}: neither source nor chosen" for it in self.rules if not it.source and not it.chosen
        ]
        for place, it in enumerate(self.rules):
            others = [other for other in self.rules[place + 1 :] if other.key == it.key]
            found += [
                f"{it.key}: {it.since} and {other.since} hold together" for other in others if _overlap(it, other)
            ]
        return found


def _overlap(one: Rule, other: Rule) -> bool:
    return one.holds(other.since) or other.holds(one.since)


@cache
def book() -> Book:
    """The rule book that comes with the product."""
    return read(WRITTEN.read_text(encoding="utf-8"))


def read(text: str) -> Book:
    """A rule book from YAML, its figures exactly as they are written."""
    return Book(_rule(each) for each in yaml.load(text, Loader=_Exact)["rules"])  # noqa: S506 - a safe loader


def _rule(written: dict[str, Any]) -> Rule:
    parameters = {name: Decimal(str(value)) for name, value in written.pop("parameters", {}).items()}
    return Rule(parameters=parameters, **written)


class _Exact(yaml.SafeLoader):
    """YAML whose fractions are decimals."""


def _decimal(loader: _Exact, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Exact.add_constructor("tag:yaml.org,2002:float", _decimal)
