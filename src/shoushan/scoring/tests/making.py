"""Schemes and facts for tests: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shoushan.scoring import Facts, Scheme
from shoushan.scoring.loading import scheme_from

# The answers a test is not about.
CHOICES: dict[str, Any] = {
    "left_out": "scaled",
    "rounding": {"places": 2, "mode": "half_up", "at": "total"},
    "rank_by": "rounded",
    "tie_break": [],
    "falsity": "none",
    "when_missing": "leave_out",
    "when_not_applicable": "leave_out",
    "compare": "group",
    "floor": 0,
    "completion_cap": 1,
    "steps": "proportional",
    "symmetric": False,
    "target_zero": "not_evaluable",
    "best_zero": "not_evaluable",
    "limit_zero": "floor",
    "below": 0,
    "beyond": 0,
    "ties": "same",
    "direction": "higher",
    "all_equal": "not_evaluable",
    "base": 60,
    "span": 40,
    "grades_compare": "unrounded",
    "slots": "round_down",
    "tie_at_the_edge": "none",
}


# The numbers of a method a test is not about.
NUMBERS: dict[str, dict[str, Any]] = {
    "addition": {"cap": None},
    "efficacy": {"full": 100},
    "group_mean": {"full": 100},
    "improvement": {"start": 0},
    "formula": {"full": 0, "floor": None, "cap": None},
}


def make_rule(number: str = "roads", **given: Any) -> dict[str, Any]:
    """A rule of completion, unless something else is given; None leaves a word out."""
    rule: dict[str, Any] = {"id": number, "label": f"规则{number}", "source": "第六条", "since": "2026-03-09"}
    rule["method"] = {"completion": {"full": given.pop("full", 10)}}
    if not isinstance(given.get("method"), dict) or not {"deduction", "addition", "formula"} & given["method"].keys():
        rule["indicator"] = {"numerator": f"{number}.actual", "denominator": f"{number}.target"}
    found = {name: value for name, value in (rule | given).items() if value is not None}
    method = found["method"]
    if isinstance(method, dict):
        found["method"] = {
            kind: {**NUMBERS.get(kind, {}), **numbers} if isinstance(numbers, dict) else numbers
            for kind, numbers in method.items()
        }
    return found


def make_written(*rules: Any, **given: Any) -> dict[str, Any]:
    """A scheme as its file says it."""
    scheme: dict[str, Any] = {
        "key": "test",
        "version": "1",
        "title": "办法",
        "source": "首善办发〔2026〕5号",
        "published": "2026-03-09",
    }
    scheme |= {"choices": CHOICES, "rules": list(rules) or [make_rule()]}
    if isinstance(given.get("rounding"), dict):
        given["rounding"] = {**CHOICES["rounding"], **given["rounding"]}
    return scheme | given


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
