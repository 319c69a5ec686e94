"""The golden cases of the rule book: each says what one rule lights on one fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from shoushan.core.months import Month
from shoushan.dispatch.rules.book import Book
from shoushan.dispatch.rules.causes import LIT, causes
from shoushan.dispatch.rules.facts import Claim, Facts, Late, Progress, Reuse
from shoushan.dispatch.rules.findings import Finding, Quantity

WRITTEN = Path(__file__).parent / "cases.yaml"
YEAR, LAST = 2026, 12
USUAL = {"unit": 1, "title": "x", "url": ""}
PROGRESS = {**USUAL, "goal": 1, "indicator": "jobs", "group": "jobs", "measure": "person"}
CLAIM = {**USUAL, "indicator": "jobs", "measure": "person"}


def cases() -> list[dict[str, Any]]:
    """Every golden case as it is written."""
    found: list[dict[str, Any]] = yaml.safe_load(WRITTEN.read_text(encoding="utf-8"))["cases"]
    return found


def fault(case: Mapping[str, Any], book: Book) -> str:
    """How a case does not come out as it is written; empty where it does."""
    facts = _facts(case)
    month = case.get("progress", case.get("claim", {})).get("month", LAST)
    found = causes(facts, book, Month(YEAR, month).last_day)
    mine = [it for cause in found.values() for it in cause.findings if it.rule.key == case["rule"]]
    lit = next((it.light for it in mine if it.light in LIT), "none")
    if lit != case["lights"]:
        return f"{case['name']}: lights {lit}, not {case['lights']}"
    if "grey" in case and [it.light for it in mine] != [case["grey"]]:
        return f"{case['name']}: is not {case['grey']}"
    if case.get("says", "") not in "".join(_said(it) for it in mine):
        return f"{case['name']}: says {[_said(it) for it in mine]}"
    return ""


def faults(book: Book) -> list[str]:
    """Every case that does not come out, and every fault of the book itself."""
    return [*book.faults(), *(found for case in cases() if (found := fault(case, book)))]


def _said(finding: Finding) -> str:
    said = {name: it.amount if isinstance(it, Quantity) else it for name, it in finding.params.items()}
    return finding.sentence % said


def _facts(case: Mapping[str, Any]) -> Facts:
    if "progress" in case:
        return Facts(progress=[Progress(**{**PROGRESS, **_exact(case["progress"])})])
    if "claim" in case:
        return Facts(claims=[Claim(**{**CLAIM, **_exact(case["claim"])})])
    if "late" in case:
        return Facts(late=[Late(**{**USUAL, "register": "hazards", **case["late"]})])
    return Facts(reuses=[Reuse(unit=1, hash="a", name="x", **case["reuse"])])


def _exact(given: Mapping[str, Any]) -> dict[str, Any]:
    """Amounts as decimals; months and counts stay whole numbers."""
    made = dict(given)
    for name in ("whole", "amount"):
        if name in made:
            made[name] = Decimal(str(made[name]))
    for name in ("months", "dues"):
        if name in made:
            made[name] = {month: Decimal(str(amount)) for month, amount in made[name].items()}
    return made
