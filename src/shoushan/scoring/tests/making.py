"""Schemes and facts for tests: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shoushan.scoring import Facts, Scheme
from shoushan.scoring.loading import scheme_from


def make_rule(number: str = "roads", **given: Any) -> dict[str, Any]:
    """A rule of completion, unless something else is given; None leaves a word out."""
    rule: dict[str, Any] = {"id": number, "label": f"规则{number}", "source": "第六条", "since": "2026-03-09"}
    rule["method"] = {"completion": {"full": given.pop("full", 10)}}
    if not isinstance(given.get("method"), dict) or not {"deduction", "addition"} & given["method"].keys():
        rule["indicator"] = {"numerator": f"{number}.actual", "denominator": f"{number}.target"}
    return {name: value for name, value in (rule | given).items() if value is not None}


def make_written(*rules: Any, **given: Any) -> dict[str, Any]:
    """A scheme as its file says it."""
    scheme = {
        "key": "test",
        "version": "1",
        "title": "办法",
        "source": "首善办发〔2026〕5号",
        "published": "2026-03-09",
    }
    return scheme | {"rules": list(rules) or [make_rule()]} | given


def make_scheme(*rules: dict[str, Any], **given: Any) -> Scheme:
    return scheme_from(make_written(*rules, **given), "")


def make_facts(units: Mapping[str, Mapping[str, Any]], groups: dict[str, str] | None = None) -> Facts:
    """Facts by unit; ``roads: (3, 4)`` is an actual and a target."""
    rows = []
    for unit, facts in units.items():
        for fact, value in facts.items():
            pairs = zip((".actual", ".target"), value, strict=True) if isinstance(value, tuple) else [("", value)]
            for ending, each in pairs:
                group = (groups or {}).get(unit, "街道")
                rows.append({"unit": unit, "group": group, "fact": fact + ending, "value": each})
    return Facts.from_rows(rows)
