"""Reckoning in exact fractions: every line and total of a scheme that is more than standard methods on plain facts.

A whole number of 64 bits cannot hold a fraction of fractions, so what a formula, a nested section or a scheme's own
total gives is reckoned here, and every engine gets the same finished numbers (docs/decisions/0022).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shoushan.scoring.facts import Facts, unknown_names
from shoushan.scoring.falsity import Cost, Falsity
from shoushan.scoring.formulas.absence import AbsentError, Why
from shoushan.scoring.formulas.evaluation import number
from shoushan.scoring.formulas.nodes import names_in
from shoushan.scoring.lookup import Book, Known, Lookup
from shoushan.scoring.methods import Ranking
from shoushan.scoring.methods.method import Reading
from shoushan.scoring.order import FULL, SUM, TOTAL, facts_of, in_order
from shoushan.scoring.rounding import written
from shoushan.scoring.rule import FixedPoints, Rule
from shoushan.scoring.summing import Line, Summed, summed

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Scheme, Veto
    from shoushan.scoring.terms import Term

SCORED, NOT_EVALUABLE, INAPPLICABLE, VETOED = range(4)
# A line whose facts are there, but with nothing to divide by or to compare with.
UNDEFINED = 3
# Whether a line's facts are there, its x and y, and what is absent.
Read = tuple[int, Fraction, Fraction, str]
_WHY = {NOT_EVALUABLE: Why.MISSING, INAPPLICABLE: Why.NOT_APPLICABLE}


@dataclass(frozen=True)
class Outcome:
    """One line: whether its facts are there, its points, and what its sentence needs."""

    presence: int
    status: int
    points: Fraction | None
    earned: Fraction | None = None
    reading: Reading | None = None
    absent: str = ""
    cost: Cost | None = None


@dataclass
class Reckoned:
    """What was reckoned, by unit and rule, by unit and veto, and the total of each unit."""

    lines: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    vetoes: dict[tuple[str, str], int | None] = field(default_factory=dict)
    totals: dict[str, Fraction | None] = field(default_factory=dict)
    shares: dict[tuple[str, str], Fraction] = field(default_factory=dict)


def reckoned(scheme: Scheme, facts: Facts) -> Reckoned:
    """Every line of the scheme for every unit, in exact fractions."""
    return _Reckoner(scheme, facts).reckon()


class _Reckoner:
    def __init__(self, scheme: Scheme, facts: Facts) -> None:
        self.scheme, self.facts = scheme, facts
        self.units = list(facts.groups)
        self.book = Book(facts)
        self.columns = self.book.columns
        self.found = Reckoned()
        self.rules = {rule.id: rule for rule in scheme.rules}
        self.sections = {section.id for section in scheme.sections}
        self.reach: dict[str, set[str]] = {}
        self._check_columns()

    def reckon(self) -> Reckoned:
        for item in in_order(self.scheme):
            if item in self.rules:
                self._rule(self.rules[item])
            elif item in self.sections:
                self._section(item)
            elif item == SUM:
                self._sum()
            elif item in self.scheme.names:
                tree = self.scheme.names[item].tree
                self.columns[item] = {unit: self.book.known(tree, unit) for unit in self.units}
        for veto in self.scheme.vetoes:
            self.found.vetoes |= {(unit, veto.id): self._fires(veto, unit) for unit in self.units}
        self._totals()
        return self.found

    def _check_columns(self) -> None:
        """A list's field that no entry has is a misspelt one."""
        wanted = {
            (name.name, name.column)
            for _, formula in self.scheme.formulas()
            for name in names_in(formula.tree)
            if name.is_list
        }
        for name, column in sorted(wanted):
            entries = [entry for lists in self.facts.lists.values() for entry in lists.get(name, ())]
            if entries and not any(column in entry for entry in entries):
                raise unknown_names([f"{name}[].{column}".rstrip(".")])

    # Values of one unit

    def _reached(self, item: str) -> set[str]:
        """The facts a rule or a name rests on, through everything between."""
        if item not in self.reach:
            found: set[str] = set()
            formulas = [formula for owner, formula in self.scheme.formulas() if owner == item]
            for formula in formulas:
                found |= set(facts_of(self.scheme, formula))
                for name in formula.names():
                    if name.name in self.scheme.names:
                        found |= self._reached(name.name)
            if item in self.rules:
                sums = self.rules[item].terms().values()
                found |= {term.fact for terms in sums for term in terms if term.fact}
            self.reach[item] = found
        return self.reach[item]

    def _is_silent(self, unit: str, names: Iterable[str]) -> bool:
        """Whether the facts say nothing at all of these for a unit."""
        kinds: tuple[Mapping[str, Mapping[str, Any]], ...] = (self.facts.values, self.facts.words, self.facts.lists)
        names = list(names)
        return bool(names) and not any(name in kind.get(unit, {}) for kind in kinds for name in names)

    def _sum_of(self, terms: Sequence[Term], unit: str) -> Fraction:
        """A sum of facts, formulas and plain numbers; the reason that weighs most where some are absent."""
        here, total, reasons = Lookup(self.book, unit), Fraction(0), []
        for term in terms:
            try:
                if term.formula is not None:
                    value = number(term.formula.tree, here)
                else:
                    value = here.number_of(term.fact) if term.fact else Fraction(1)
                total += value * Fraction(term.times)
            except AbsentError as absent:
                reasons.append(absent)
        if reasons:
            weight = [Why.NOT_APPLICABLE, Why.MISSING, Why.SILENT, Why.UNDEFINED]
            raise min(reasons, key=lambda absent: weight.index(absent.why))
        return total

    def _fires(self, veto: Veto, unit: str) -> int | None:
        try:
            return int(self._sum_of(veto.when, unit) > 0)
        except AbsentError:
            return None

    # Lines

    def _rule(self, rule: Rule) -> None:
        inputs = {unit: self._read(rule, unit) for unit in self.units if self._applies(rule, unit)}
        peers = _Peers(rule, inputs, self.facts.groups)
        outcomes = {unit: self._outcome(rule, unit, each, peers) for unit, each in inputs.items()}
        outcomes = {unit: self._vetoed(rule, unit, outcome) for unit, outcome in outcomes.items()}
        outcomes |= {
            unit: self._filled(rule, unit, outcomes)
            for unit, outcome in outcomes.items()
            if outcome.status == INAPPLICABLE
        }
        self.found.lines |= {(unit, rule.id): outcome for unit, outcome in outcomes.items()}
        self.columns[rule.id] = {unit: self._column_value(outcomes.get(unit), rule.id) for unit in self.units}

    @staticmethod
    def _column_value(outcome: Outcome | None, rule: str) -> Known:
        if outcome is None:
            return AbsentError(Why.NOT_APPLICABLE, rule)
        if outcome.points is None:
            return AbsentError(_WHY[outcome.status], rule)
        return outcome.points

    def _applies(self, rule: Rule, unit: str) -> bool:
        return not rule.applies_to or self.facts.groups[unit] in rule.applies_to

    def _read(self, rule: Rule, unit: str) -> Read:
        """Whether a line's facts are there, its x and y, and what is absent."""
        terms = rule.terms()
        x = y = Fraction(1)
        reasons = []
        for role in ("x", "y"):
            if role in terms:
                try:
                    value = self._sum_of(terms[role], unit)
                    x, y = (value, y) if role == "x" else (x, value)
                except AbsentError as absent:
                    reasons.append(absent)
        if rule.falsified is not None:
            try:
                false = self._false(rule.falsified, unit)
                x = x - false if rule.falsified.is_taken_out else x
            except AbsentError as absent:
                reasons.append(absent)
        if reasons:
            whys = {absent.why for absent in reasons}
            silent = Why.NOT_APPLICABLE not in whys and self._is_silent(unit, self._reached(rule.id))
            name = ", ".join(dict.fromkeys(absent.name for absent in reasons if absent.name))
            if Why.NOT_APPLICABLE in whys or silent:
                return INAPPLICABLE, x, y, name
            if whys == {Why.UNDEFINED}:
                return UNDEFINED, x, y, name
            return (INAPPLICABLE if rule.when_missing == "not_applicable" else NOT_EVALUABLE), x, y, name
        if rule.indicator is not None and rule.indicator.is_ratio and rule.method.measures == "value":
            return (SCORED, x / y, Fraction(1), "") if y > 0 else (UNDEFINED, x, y, "")
        return SCORED, x, y, ""

    def _outcome(self, rule: Rule, unit: str, read: Read, peers: _Peers) -> Outcome:
        presence, x, y, absent = read
        if presence == INAPPLICABLE:
            return Outcome(presence, INAPPLICABLE, None, absent=absent)
        if presence == NOT_EVALUABLE and rule.when_missing == "zero":
            return Outcome(presence, SCORED, Fraction(0), Fraction(0), absent=absent)
        if presence != SCORED:
            return Outcome(presence, NOT_EVALUABLE, None, absent=absent)
        compared = peers.beside(unit, x, y)
        is_ratio = rule.indicator is not None and rule.indicator.is_ratio and rule.method.measures != "value"
        reading = Reading(x, y, Fraction(0), *compared, is_ratio=is_ratio, inputs=self._inputs(rule, unit))
        points = rule.method.reckon(reading)
        if points is None:
            return Outcome(UNDEFINED, NOT_EVALUABLE, None)
        cost = None
        if rule.falsified is not None and (figure := self._false(rule.falsified, unit)):
            earned = points
            points, off = rule.falsified.cost(rule.method, figure, y, earned)
            cost = Cost(figure, earned, off) if off else None
        points = self._cut(points)
        return Outcome(presence, SCORED, points, points, replace(reading, points=points), cost=cost)

    def _false(self, falsified: Falsity, unit: str) -> Fraction:
        """What was falsified of a line; where there can be no such thing, nothing was."""
        try:
            return max(Fraction(0), self._sum_of(falsified.figure, unit))
        except AbsentError as absent:
            if absent.why is Why.NOT_APPLICABLE:
                return Fraction(0)
            raise

    def _inputs(self, rule: Rule, unit: str) -> dict[str, Decimal | None]:
        values = self.facts.values[unit]
        known = {name: values.get(name) for name in sorted(self._reached(rule.id))}
        return {name: value if isinstance(value, Decimal) else None for name, value in known.items()}

    def _cut(self, points: Fraction) -> Fraction:
        rounding = self.scheme.rounding
        return points if rounding.at == "total" else Fraction(written(points, rounding.places, rounding.mode))

    def _vetoed(self, rule: Rule, unit: str, outcome: Outcome) -> Outcome:
        fired = any(
            veto.effect == "line" and veto.rule == rule.id and self._fires(veto, unit) for veto in self.scheme.vetoes
        )
        if not fired or outcome.points is None:
            return outcome
        return Outcome(outcome.presence, VETOED, Fraction(0), outcome.earned, outcome.reading)

    def _filled(self, rule: Rule, unit: str, outcomes: Mapping[str, Outcome]) -> Outcome:
        """A line that does not apply, with the points the rule gives all the same."""
        outcome, given = outcomes[unit], rule.when_not_applicable
        points: Fraction | None = None
        if isinstance(given, FixedPoints):
            points = Fraction(given.points)
        elif given == "full":
            points = Fraction(rule.method.full)
        elif given == "mean":
            group = self.facts.groups[unit]
            others = [
                each.points
                for peer, each in outcomes.items()
                if each.status == SCORED and each.points is not None and self.facts.groups[peer] == group
            ]
            points = sum(others, Fraction(0)) / len(others) if others else None
        return Outcome(
            outcome.presence, INAPPLICABLE, None if points is None else self._cut(points), absent=outcome.absent
        )

    # Sums

    def _lines(self, unit: str) -> list[Line]:
        """The lines of a unit that were reckoned so far and count."""
        return [
            Line(rule.id, rule.section, Fraction(max(rule.method.full, Decimal(0))), outcome.points)
            for rule in self.scheme.rules
            if rule.counts and (outcome := self.found.lines.get((unit, rule.id))) is not None
        ]

    def _summed(self, unit: str) -> Summed:
        def coefficient(section: str) -> Known:
            [times] = [each.times for each in self.scheme.sections if each.id == section]
            return Fraction(1) if times is None else self.book.known(times.tree, unit)

        return summed(self.scheme, self._lines(unit), coefficient)

    def _section(self, section: str) -> None:
        self.columns[section] = {unit: self._summed(unit).sections[section] for unit in self.units}

    def _sum(self) -> None:
        sums = {unit: self._summed(unit) for unit in self.units}
        for word in TOTAL:
            self.columns[word] = {unit: found.total for unit, found in sums.items()}
        for word in FULL:
            self.columns[word] = {unit: found.full for unit, found in sums.items()}
        for unit, found in sums.items():
            self.found.shares |= {(unit, rule): share for rule, share in found.shares.items()}

    def _totals(self) -> None:
        """The total of each unit, by the scheme's formula where it has one."""
        for unit in self.units:
            total = self.columns[TOTAL[0]][unit]
            if self.scheme.total is not None and isinstance(total, Fraction):
                total = self.book.known(self.scheme.total.tree, unit)
            self.found.totals[unit] = total if isinstance(total, Fraction) else None


@dataclass(frozen=True)
class _Peers:
    """What the lines of one rule are compared with: gone through once, however many units there are."""

    rule: Rule
    inputs: Mapping[str, Read]
    groups: Mapping[str, str]

    def beside(self, unit: str, x: Fraction, y: Fraction) -> tuple[Fraction, Fraction, Fraction, Fraction, int, int]:
        """Best, worst, mean of the group, mean of all, place, how many have it; zeros where none is asked."""
        method, pool = self.rule.method, None if self.rule.compare == "all" else self.groups[unit]
        best = worst = own = everyone = Fraction(0)
        place = tied = 0
        if method.compares:
            best, worst = self._ends[pool]
        if method.averages:
            own, everyone = self._means[self.groups[unit]], self._means[None]
        if isinstance(method, Ranking) and y > 0:
            values, value = self._places[pool], x / y * self._sign
            place = 1 + len(values) - bisect_right(values, value)
            tied = bisect_right(values, value) - bisect_left(values, value)
        return best, worst, own, everyone, place, tied

    @cached_property
    def _pools(self) -> dict[str | None, list[tuple[Fraction, Fraction]]]:
        """The x and y of every line that counts, by group and of everybody under None."""
        found: dict[str | None, list[tuple[Fraction, Fraction]]] = {None: []}
        for unit, (presence, x, y, _absent) in self.inputs.items():
            if presence == SCORED:
                found[None].append((x, y))
                found.setdefault(self.groups[unit], []).append((x, y))
        return found

    @property
    def _sign(self) -> int:
        return -1 if isinstance(self.rule.method, Ranking) and self.rule.method.direction == "lower" else 1

    @cached_property
    def _ends(self) -> dict[str | None, tuple[Fraction, Fraction]]:
        return {pool: (max(lines)[0], min(lines)[0]) for pool, lines in self._pools.items() if lines}

    @cached_property
    def _means(self) -> dict[str | None, Fraction]:
        return {
            pool: sum((x for x, _ in lines), Fraction(0)) / len(lines) for pool, lines in self._pools.items() if lines
        }

    @cached_property
    def _places(self) -> dict[str | None, list[Fraction]]:
        return {pool: sorted(x / y * self._sign for x, y in lines if y > 0) for pool, lines in self._pools.items()}
