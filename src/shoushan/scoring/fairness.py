"""Questions to a run before it is published (公布前自查): what would make it unfair whatever the figures say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from shoushan.core.errors import mark
from shoushan.scoring.facts import Facts
from shoushan.scoring.results import Result, UnitResult
from shoushan.scoring.scheme import Scheme

# A rate over fewer cases than this says more about chance than about work.
SMALL = 5
# From this rank correlation on, points follow the size of the unit; asked from this many units on.
FOLLOWS, ENOUGH = 0.7, 5
# More than this share of unverified values makes a rule's points a claim.
UNVERIFIED = Decimal("0.2")
# Units that share less than this part of their rules do not do the same work.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: a code, and a sentence for translation with its places."""

    code: str
    sentence: str
    params: dict[str, str]


def doubts(
    scheme: Scheme,
    facts: Facts,
    result: Result,
    *,
    size: str = "",
    unverified: Collection[tuple[str, str]] = (),
) -> list[Doubt]:
    """What to look at before publishing; ``size`` is the fact that says how large a unit is, such as its people."""
    groups: dict[str, list[UnitResult]] = {}
    for unit in result.units:
        groups.setdefault(unit.group, []).append(unit)
    return [
        *_out_of_reach(groups),
        *_counted_twice(scheme),
        *(_follows_size(groups, facts, size) if size else ()),
        *_unverified(scheme, facts, set(unverified)),
        *_small_numbers(scheme, facts),
        *_other_work(groups),
    ]


def _out_of_reach(groups: dict[str, list[UnitResult]]) -> Iterator[Doubt]:
    for group, units in groups.items():
        lines = [line for unit in units for line in unit.lines]
        for rule in dict.fromkeys(line.rule for line in lines):
            if all(line.points is None for line in lines if line.rule == rule):
                sentence = mark("No unit of %(group)s can earn anything by rule %(rule)s.")
                yield Doubt("fairness.out_of_reach", sentence, {"group": group, "rule": rule})


def _counted_twice(scheme: Scheme) -> Iterator[Doubt]:
    counted: dict[str, list[str]] = {}
    for rule in scheme.rules:
        for fact in dict.fromkeys(term.fact for term in rule.terms().get("x", ()) if term.fact):
            counted.setdefault(fact, []).append(rule.id)
    for fact, rules in counted.items():
        if len(rules) > 1:
            sentence = mark("%(fact)s is counted in more than one rule: %(rules)s.")
            yield Doubt("fairness.twice", sentence, {"fact": fact, "rules": ", ".join(rules)})


def _follows_size(groups: dict[str, list[UnitResult]], facts: Facts, size: str) -> Iterator[Doubt]:
    for group, units in groups.items():
        pairs = [
            (unit.points, value)
            for unit in units
            if unit.points is not None and isinstance(value := facts.get(unit.unit, size), Decimal)
        ]
        follows = rank_correlation(pairs)
        if len(pairs) >= ENOUGH and abs(follows) >= FOLLOWS:
            sentence = mark("In %(group)s the points follow %(size)s (rank correlation %(follows)s).")
            yield Doubt("fairness.size", sentence, {"group": group, "size": size, "follows": f"{follows:.2f}"})


def _unverified(scheme: Scheme, facts: Facts, unverified: set[tuple[str, str]]) -> Iterator[Doubt]:
    for rule in scheme.rules:
        needed = {term.fact for terms in rule.terms().values() for term in terms if term.fact}
        given = [(unit, fact) for unit in facts.groups for fact in sorted(needed) if _is_number(facts, unit, fact)]
        open_ = sum(each in unverified for each in given)
        if given and Decimal(open_) / len(given) > UNVERIFIED:
            sentence = mark("Rule %(rule)s rests on %(open)s unverified of %(all)s values.")
            yield Doubt("fairness.unverified", sentence, {"rule": rule.id, "open": str(open_), "all": str(len(given))})


def _small_numbers(scheme: Scheme, facts: Facts) -> Iterator[Doubt]:
    for rule in scheme.rules:
        below = [term for term in rule.terms().get("y", ()) if term.fact]
        if not below:
            continue
        for unit in facts.groups:
            values = [facts.get(unit, term.fact) for term in below]
            if not all(isinstance(value, Decimal) for value in values):
                continue
            size = sum(term.times * Decimal(str(value)) for term, value in zip(below, values, strict=True))
            if 0 < size < SMALL:
                sentence = mark("Rule %(rule)s divides by %(size)s at %(unit)s; say such small numbers as counts.")
                yield Doubt("fairness.small", sentence, {"rule": rule.id, "unit": unit, "size": f"{size:f}"})


def _other_work(groups: dict[str, list[UnitResult]]) -> Iterator[Doubt]:
    """The two units of each group that share least."""
    for group, units in groups.items():
        works = {unit.unit: {line.rule for line in unit.lines if line.status != "not_applicable"} for unit in units}
        pairs = [
            (len(works[one] & works[other]) / len(works[one] | works[other]), one, other)
            for one, other in combinations(works, 2)
            if works[one] | works[other]
        ]
        shared, one, other = min(pairs, default=(1.0, "", ""))
        if shared < ALIKE:
            sentence = mark("In %(group)s %(one)s and %(other)s are compared, and share %(shared)s%% of their rules.")
            params = {"group": group, "one": one, "other": other, "shared": f"{shared * 100:.0f}"}
            yield Doubt("fairness.other_work", sentence, params)


def _is_number(facts: Facts, unit: str, fact: str) -> bool:
    return isinstance(facts.get(unit, fact), Decimal)


def rank_correlation(pairs: list[tuple[Decimal, Decimal]]) -> float:
    """Spearman's rank correlation, ties at their middle rank; 0 where one side does not vary.

    >>> rank_correlation([(Decimal(1), Decimal(10)), (Decimal(2), Decimal(30)), (Decimal(3), Decimal(20))])
    0.5
    """
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    top = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spread = sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
    return float(top / spread**0.5) if spread else 0.0


def _ranks(values: list[Decimal]) -> list[float]:
    return [sum(other < value for other in values) + (values.count(value) + 1) / 2 for value in values]
