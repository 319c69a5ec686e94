"""Every rule on every fact, and what was found under one cause each: one alarm for one cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from shoushan.core.petitioning import counts_people
from shoushan.dispatch.lights import WORST_FIRST
from shoushan.dispatch.rules import evidence, progress, series, stages
from shoushan.dispatch.rules.book import Book, Rule
from shoushan.dispatch.rules.facts import Facts
from shoushan.dispatch.rules.findings import Finding
from shoushan.scoring.protected import NEVER_SCORED

RULES: dict[str, Callable[[Facts, Rule], Iterable[Finding]]] = {
    "progress.behind": progress.behind,
    "progress.pace": progress.pace,
    "stage.late": stages.late,
    "evidence.missing": evidence.missing,
    "evidence.reused": evidence.reused,
    "correction.repeated": evidence.repeated,
    "series.constant": series.constant,
    "series.digits": series.digits,
    "series.on_target": series.on_target,
    "series.jump": series.jump,
    "series.falls": series.falls,
}
LIT = ("red", "yellow")
# how much was typed is a measure of the office above, not of the unit below
BURDEN = "burden."


@dataclass(frozen=True, slots=True)
class Cause:
    """What one thing that went wrong lit, the worst first."""

    key: str
    findings: list[Finding]

    @property
    def light(self) -> str:
        return self.findings[0].light

    @property
    def is_lit(self) -> bool:
        return self.light in LIT


def causes(facts: Facts, book: Book, on: date) -> dict[str, Cause]:
    """Everything found by the rules as they hold on a day, by cause; what cannot be judged is among it, unlit."""
    fair = _fair(facts)
    together: dict[str, list[Finding]] = {}
    for key, look in RULES.items():
        rule = book.rule(key, on)
        for finding in look(fair, rule) if rule else ():
            together.setdefault(finding.cause, []).append(finding)
    return {key: Cause(key, sorted(found, key=_worst)) for key, found in together.items()}


def _worst(finding: Finding) -> int:
    return WORST_FIRST.index(finding.light)


def _fair(facts: Facts) -> Facts:
    """Without what may never be held against a unit: hazards it found, how many petition, how much it had to type."""
    return Facts(
        [it for it in facts.progress if not _never(it.indicator, it.title)],
        [it for it in facts.claims if not _never(it.indicator, it.title)],
        facts.late,
        facts.reuses,
    )


@lru_cache(maxsize=10_000)
def _never(key: str, title: str) -> bool:
    return key in NEVER_SCORED or key.startswith(BURDEN) or counts_people(key, title)
