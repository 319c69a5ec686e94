"""What can be read and is still probably not meant (疑点): weights, bands, vetoes, dates, names of indicators."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from shoushan.core.decimals import plain
from shoushan.core.errors import mark
from shoushan.scoring.methods import Bands

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme

ONE_DAY = timedelta(days=1)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Finding:
    """One doubt: its code, where it stands, and what is odd about it."""

    code: str
    place: str
    sentence: str
    params: dict[str, str] = field(default_factory=dict)


def findings(scheme: Scheme, indicators: frozenset[str] = frozenset()) -> list[Finding]:
    """Every doubt about a scheme; indicators that are not in the list are one, where a list is given."""
    return [
        *_weights(scheme),
        *_bands(scheme),
        *_grades(scheme),
        *_vetoes(scheme),
        *_dates(scheme),
        *_names(scheme, indicators),
    ]


def _weights(scheme: Scheme) -> Iterator[Finding]:
    sums: dict[str, Decimal] = {}
    for section in scheme.sections:
        if section.weight is not None:
            sums[section.inside] = sums.get(section.inside, Decimal(0)) + section.weight
    if not scheme.sections and scheme.total is None:
        sums[""] = sum((max(rule.method.full, Decimal(0)) for rule in scheme.rules if rule.counts), Decimal(0))
    for inside, weights in sums.items():
        if weights != HUNDRED:
            said = {"sum": plain(weights), "section": inside or scheme.key}
            yield Finding(
                "weights", inside or "sections", mark("The weights of %(section)s add up to %(sum)s, not to 100."), said
            )


def _bands(scheme: Scheme) -> Iterator[Finding]:
    for rule in scheme.rules:
        if isinstance(rule.method, Bands):
            points = [*(band.points for band in rule.method.bands), rule.method.below]
            edges = [band.least for band in rule.method.bands]
            for edge, here, lower in zip(edges, points, points[1:], strict=False):
                if here == lower:
                    sentence = mark("The band from %(edge)s gives the same points as the one below it.")
                    yield Finding("band", f"{rule.id}.bands", sentence, {"edge": plain(edge)})
                elif here < lower and lower == points[-1]:
                    sentence = mark("The band from %(edge)s gives less than no band at all.")
                    yield Finding("band", f"{rule.id}.bands", sentence, {"edge": plain(edge)})


def _grades(scheme: Scheme) -> Iterator[Finding]:
    if scheme.grades is None or scheme.total is not None or any(rule.method.is_open for rule in scheme.rules):
        return
    highest = sum(
        (section.weight for section in scheme.sections if section.weight is not None and not section.inside), Decimal(0)
    )
    fulls = sum((max(rule.method.full, Decimal(0)) for rule in scheme.rules if rule.counts), Decimal(0))
    highest = highest if scheme.sections else fulls
    caps = [getattr(rule.method, "cap", None) for rule in scheme.rules]
    if any(cap is not None and cap > 1 for cap in caps) or any(rule.method.full <= 0 for rule in scheme.rules):
        return
    bonuses = any(hasattr(rule.method, "bonus_cap") or hasattr(rule.method, "high") for rule in scheme.rules)
    for level in scheme.grades.levels:
        if level.least is not None and level.least > highest and not bonuses:
            said = {"grade": level.grade, "least": plain(level.least), "highest": plain(highest)}
            yield Finding(
                "grade",
                "grades.levels",
                mark("Grade %(grade)s needs %(least)s, and a unit can reach at most %(highest)s."),
                said,
            )


def _vetoes(scheme: Scheme) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for number, veto in enumerate(scheme.vetoes):
        reads = ", ".join(f"{term.fact}{term.formula or ''}" for term in veto.when)
        if reads in seen:
            said = {"first": seen[reads], "second": veto.id, "reads": reads}
            yield Finding(
                "veto", f"vetoes.{number}", mark("Vetoes %(first)s and %(second)s both follow from %(reads)s."), said
            )
        seen.setdefault(reads, veto.id)


def _dates(scheme: Scheme) -> Iterator[Finding]:
    """A rule that ends and one of the same label that begins should meet."""
    for rule in scheme.rules:
        for later in scheme.rules:
            if rule.until is None or later is rule or (later.label, later.section) != (rule.label, rule.section):
                continue
            if later.since > rule.since and later.since != rule.until + ONE_DAY:
                said = {"rule": rule.id, "until": rule.until.isoformat(), "later": later.id}
                said["since"] = later.since.isoformat()
                yield Finding(
                    "dates",
                    f"{later.id}.since",
                    mark("%(rule)s ends on %(until)s and %(later)s begins on %(since)s: a gap, or an overlap."),
                    said,
                )


def _names(scheme: Scheme, indicators: frozenset[str]) -> Iterator[Finding]:
    if not indicators:
        return
    for name in sorted(scheme.facts()):
        known = {name, name.removesuffix(".actual"), name.removesuffix(".target")} & indicators
        if not known:
            near = difflib.get_close_matches(name, sorted(indicators), n=1)
            said = {"name": name, "near": near[0] if near else "–"}
            yield Finding("indicator", "rules", mark("There is no indicator %(name)s; the nearest is %(near)s."), said)
