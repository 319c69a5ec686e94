"""Records past a limit (阶段超期): closing late counts; that something was found or brought never does."""

from __future__ import annotations

from collections.abc import Iterable

from shoushan.core.errors import mark
from shoushan.dispatch.rules.book import Rule
from shoushan.dispatch.rules.facts import Facts
from shoushan.dispatch.rules.findings import Finding


def late(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """Records of a register that are past their limit, however many, are one cause."""
    for it in facts.late:
        if it.days > rule["yellow_after"]:
            light = "red" if it.days > rule["red_after"] else "yellow"
            said = {"count": it.count, "day": it.first_due, "days": it.days}
            yield Finding(f"late:{it.unit}:{it.register}", it.unit, light, LATE, rule, it.title, None, it.url, said)


LATE = mark("%(count)s past a limit; the first was due on %(day)s, %(days)s days ago.")
