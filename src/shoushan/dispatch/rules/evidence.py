"""Figures without a file (缺佐证), one file beside two things, and figures sent back again and again (反复更正)."""

from __future__ import annotations

from collections.abc import Iterable

from shoushan.core.errors import mark
from shoushan.dispatch.rules.book import Rule
from shoushan.dispatch.rules.facts import Facts
from shoushan.dispatch.rules.findings import Finding, Quantity


def missing(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """A typed figure that is a large part of the year stands without a file; a small one needs none."""
    for it in facts.claims:
        if (
            it.files
            or not it.adds_up
            or not it.whole
            or it.amount is None
            or it.amount < it.whole * rule["least_share"]
        ):
            continue
        said = {"month": it.month, "amount": Quantity(it.amount, it.measure)}
        yield Finding(f"evidence:{it.unit}", it.unit, "yellow", MISSING, rule, it.title, None, it.url, said)


def reused(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """The same file, or the same picture stored anew, beside more than one thing."""
    for it in facts.reuses:
        if it.things > rule["most_things"]:
            said = {"name": it.name, "count": it.things}
            yield Finding(
                f"reused:{it.unit}",
                it.unit,
                "yellow",
                ALIKE if it.is_alike else REUSED,
                rule,
                it.name,
                None,
                it.url,
                said,
            )


def repeated(facts: Facts, rule: Rule) -> Iterable[Finding]:
    """One figure that has come back several times."""
    for it in facts.claims:
        if it.returned >= rule["times"]:
            said = {"month": it.month, "count": it.returned}
            cause = f"repeated:{it.unit}:{it.indicator}"
            yield Finding(cause, it.unit, "yellow", REPEATED, rule, it.title, None, it.url, said)


MISSING = mark("Month %(month)s: %(amount)s stands without a file beside it.")
REUSED = mark("“%(name)s” stands beside %(count)s things; one of them may need another file.")
ALIKE = mark("Pictures that look like “%(name)s” stand beside %(count)s things; one of them may need another picture.")
REPEATED = mark(
    "Month %(month)s has been sent back or corrected %(count)s times; a talk may help more than another note."
)
