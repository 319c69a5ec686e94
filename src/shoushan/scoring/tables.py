"""A scheme and its facts as tables of whole numbers, the same for every engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.arithmetic import (
    GRAIN,
    LARGEST_DENOMINATOR,
    LARGEST_POINTS,
    LIMB,
    NO_LIMIT,
    grains,
    places,
    whole,
)
from shoushan.scoring.facts import Absent, Facts
from shoushan.scoring.methods import METHODS
from shoushan.scoring.methods.method import FARTHEST, Numbers
from shoushan.scoring.reckoning import Reckoned, reckoned
from shoushan.scoring.scheme import FixedPoints, Rule, Scheme
from shoushan.scoring.terms import Term

CONSTANTS = ("base", "coefficient", "low", "high", "full", "a", "b", "c", "d", "e")
COLUMNS: dict[str, tuple[str, ...]] = {
    "units": ("unit", "grp"),
    "facts": ("unit", "fact", "value", "state"),
    "rules": (
        "rule", "method", "section", "weight", "section_weight", "counts", "one", "x0", "y0", "everyone",
        "when_missing", "when_not_applicable", "fixed", *CONSTANTS,
    ),
    "scope": ("rule", "grp"),
    "inputs": ("rule", "role", "fact", "times"),
    "steps": ("rule", "edge", "points"),
    "settled": ("unit", "total", "rest", "order", "gone"),
    "reckoned": ("unit", "rule", "r_value", "r_rest", "r_state"),
}  # fmt: skip
MISSING, NOT_APPLICABLE = 1, 2
WHEN_MISSING = ("leave_out", "zero", "not_applicable")
LEAVE_OUT, FIXED, MEAN = range(3)
# A veto or a fact that breaks ties is read like a rule that gives no points.
VETO_METHOD, KEY_METHOD = -1, -2
# A rule whose lines were reckoned before the query.
RECKONED_METHOD = 1000
LARGEST_RECKONED = 10**6

Row = tuple[int, ...]


@dataclass(frozen=True)
class Tables:
    """The rows of each table, and what their numbers stand for."""

    rows: dict[str, list[Row]]
    units: list[str]
    groups: list[str]
    facts: list[str]
    decimals: list[int]
    reckoned: Reckoned = field(default_factory=Reckoned)

    def reckonings(self, scheme: Scheme) -> dict[tuple[int, int], Fraction]:
        """The exact points of the lines that were reckoned before the query, before any veto."""
        number = {unit: index for index, unit in enumerate(self.units)}
        rules = {rule.id: index for index, rule in enumerate(scheme.rules) if rule.is_reckoned}
        return {
            (number[unit], rules[rule]): outcome.earned
            for (unit, rule), outcome in self.reckoned.lines.items()
            if rule in rules and outcome.earned is not None
        }


class _Builder:
    """Collects the rows; a rule's facts share one number of decimals, so that ratios stay whole."""

    def __init__(self, scheme: Scheme, facts: Facts) -> None:
        self.scheme, self.given = scheme, facts
        self.units = list(facts.groups)
        self.groups = list(dict.fromkeys(facts.groups.values()))
        plain = [rule for rule in scheme.rules if not rule.is_reckoned]
        self.names = sorted(scheme.model_copy(update={"rules": tuple(plain)}).plain_facts())
        self.reckoned = Reckoned()
        self.number = {name: index for index, name in enumerate(self.names)}
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.fact_places: dict[str, int] = {}
        self.largest: dict[str, Decimal] = {}
        self.decimals: list[int] = []
        weights = [rule.method.full for rule in scheme.rules]
        weights += [section.weight for section in scheme.sections if section.weight is not None]
        self.weight_places = max([0, *map(places, weights)])

    def build(self) -> Tables:
        self._units_and_facts()
        self._check_weights()
        for rule in self.scheme.rules:
            self._rule(rule)
        everyone = list(range(len(self.groups)))
        for veto in self.scheme.vetoes:
            plain_terms = tuple(term for term in veto.when if term.formula is None)
            self._reading(VETO_METHOD, veto.id, plain_terms if plain_terms == veto.when else (), everyone)
        for key in self.scheme.tie_break:
            if key.fact:
                self._reading(KEY_METHOD, key.fact, (Term(fact=key.fact),), everyone)
        if self.scheme.is_reckoned:
            self.reckoned = reckoned(self.scheme, self.given)
            self._reckoned()
        return Tables(self.rows, self.units, self.groups, self.names, self.decimals, self.reckoned)

    def _units_and_facts(self) -> None:
        group = {name: index for index, name in enumerate(self.groups)}
        seen: dict[str, list[tuple[int, Decimal]]] = {name: [] for name in self.names}
        for index, unit in enumerate(self.units):
            self.rows["units"].append((index, group[self.given.groups[unit]]))
            values = self.given.values[unit]
            for name in self.names:
                value = values.get(name)
                if isinstance(value, Decimal):
                    seen[name].append((index, value))
                elif value is not None:
                    state = MISSING if value is Absent.MISSING else NOT_APPLICABLE
                    self.rows["facts"].append((index, self.number[name], 0, state))
        if unknown := sorted(self.scheme.facts() - self.given.names()):
            raise Refusal(
                "facts.unknown_name",
                mark("The facts say nothing of %(facts)s, which the scheme needs."),
                hint=mark("Check the names; give an empty value where it is missing, n/a where it does not apply."),
                params={"facts": ", ".join(unknown)},
            )
        for name, found in seen.items():
            at = max((places(value) for _, value in found if value), default=0)
            self.fact_places[name] = at
            self.largest[name] = max((abs(value) for _, value in found), default=Decimal(0))
            if self.largest[name].scaleb(at) > LARGEST_DENOMINATOR:
                self._refuse_size(name)
            self.rows["facts"] += [(index, self.number[name], whole(value, at), 0) for index, value in found]

    def _reckoned(self) -> None:
        """The finished lines, vetoes and totals, as whole numbers with one bit for what is left over."""
        number = {unit: index for index, unit in enumerate(self.units)}
        for index, rule in enumerate(self.scheme.rules):
            if rule.is_reckoned:
                for unit in self.units:
                    outcome = self.reckoned.lines.get((unit, rule.id))
                    if outcome is not None:
                        grains_, rest = self._grains(outcome.earned or Fraction(0), rule.id)
                        self.rows["reckoned"].append((number[unit], index, grains_, rest, outcome.presence))
        for index, veto in enumerate(self.scheme.vetoes, start=len(self.scheme.rules)):
            if any(term.formula is not None for term in veto.when):
                for unit in self.units:
                    fired = self.reckoned.vetoes[unit, veto.id]
                    self.rows["reckoned"].append((number[unit], index, fired or 0, 0, 0 if fired is not None else 2))
        if self.scheme.reckons_totals:
            totals = self.reckoned.totals
            order = {
                total: at for at, total in enumerate(sorted({each for each in totals.values() if each is not None}))
            }
            for unit, total in totals.items():
                grains_, rest = self._grains(total or Fraction(0), unit)
                self.rows["settled"].append(
                    (number[unit], grains_, rest, 0 if total is None else order[total], int(total is None))
                )

    @staticmethod
    def _grains(points: Fraction, name: str) -> tuple[int, int]:
        if abs(points) > LARGEST_RECKONED:
            raise Refusal(
                "facts.too_many_points",
                mark("%(name)s comes to more than a million points."),
                hint=mark("Check the formula, and the units of measure of its facts."),
                params={"name": name},
            )
        scaled = points * GRAIN
        whole_, over = divmod(scaled.numerator, scaled.denominator)
        return whole_, int(over > 0)

    def _check_weights(self) -> None:
        weights = [section.weight for section in self.scheme.sections if section.weight is not None]
        weights = weights or [rule.method.full for rule in self.scheme.rules]
        fulls = sum((max(rule.method.full, Decimal(0)) for rule in self.scheme.rules), Decimal(0))
        size = Decimal(10) ** self.weight_places
        if max(sum(weights, Decimal(0)), fulls) * size > 10**6:
            raise Refusal(
                "scheme.weights",
                mark("The weights of this scheme have too many digits to be shared out exactly."),
                hint=mark("Use weights with fewer decimals, such as 12.5."),
            )

    def _rule(self, rule: Rule) -> None:
        known = {self.groups.index(name) for name in rule.applies_to if name in self.groups}
        scope = sorted(known) if rule.applies_to else list(range(len(self.groups)))
        sections = {section.id: index for index, section in enumerate(self.scheme.sections)}
        weights = {section.id: section.weight or Decimal(0) for section in self.scheme.sections}
        self._reading(
            RECKONED_METHOD if rule.is_reckoned else list(METHODS.values()).index(type(rule.method)),
            rule.id,
            () if rule.is_reckoned else rule.terms().get("x", ()),
            scope,
            below=None if rule.is_reckoned else rule.terms().get("y"),
            rule=rule,
            section=sections.get(rule.section, -1),
            weight=whole(max(rule.method.full, Decimal(0)), self.weight_places),
            section_weight=whole(weights.get(rule.section, Decimal(0)), self.weight_places),
        )

    def _reading(
        self,
        method: int,
        name: str,
        above: tuple[Term, ...],
        scope: list[int],
        *,
        below: tuple[Term, ...] | None = None,
        rule: Rule | None = None,
        section: int = -1,
        weight: int = 0,
        section_weight: int = 0,
    ) -> None:
        index = len(self.rows["rules"])
        at = self._decimals([*above, *(below or ())])
        one = whole(Decimal(1), at)
        x0, largest_x = self._inputs(index, 0, name, above, at)
        y0, largest_y = self._inputs(index, 1, name, below, at) if below else (one, one)
        constants, missing, otherwise, fixed = self._constants(index, rule)
        if rule is not None and not rule.is_reckoned:
            self._check_reach(rule, largest_x, largest_y, one, constants)
        self.decimals.append(at)
        self.rows["rules"].append(
            (
                index, method, section, weight, section_weight, int(rule is None or rule.counts), one, x0, y0,
                int(rule is not None and rule.compare == "all"), missing, otherwise, fixed, *constants,
            )
        )  # fmt: skip
        self.rows["scope"] += [(index, group) for group in scope]

    def _decimals(self, terms: list[Term]) -> int:
        """How many decimals the terms of one rule need together; never negative, so that 1 can be written."""
        needed = [places(term.times) + (self.fact_places[term.fact] if term.fact else 0) for term in terms]
        return max([0, *needed])

    def _inputs(self, rule: int, role: int, name: str, terms: tuple[Term, ...], at: int) -> tuple[int, int]:
        """Write down the facts of a sum; its plain numbers, and the largest it can become, as whole numbers."""
        constant = 0
        size = Decimal(0)
        for term in terms:
            if term.fact:
                times = whole(term.times, at - self.fact_places[term.fact])
                self.rows["inputs"].append((rule, role, self.number[term.fact], times))
                size += abs(term.times) * self.largest[term.fact]
            else:
                constant += whole(term.times, at)
                size += abs(term.times)
        if size.scaleb(at) > LARGEST_DENOMINATOR:
            self._refuse_size(name)
        return constant, int(size.scaleb(at))

    def _constants(self, index: int, rule: Rule | None) -> tuple[tuple[int, ...], int, int, int]:
        if rule is None:
            return (0,) * len(CONSTANTS), 0, LEAVE_OUT, 0
        is_ratio = rule.indicator is not None and rule.indicator.is_ratio
        numbers = Numbers() if rule.is_reckoned else rule.method.numbers(is_ratio)
        self.rows["steps"] += [(index, edge, grains(points, rule.id)) for edge, points in numbers.steps]
        points = [
            grains(numbers.base, rule.id),
            grains(numbers.coefficient, rule.id),
            -NO_LIMIT if numbers.low is None else grains(numbers.low, rule.id),
            NO_LIMIT if numbers.high is None else grains(numbers.high, rule.id),
            grains(rule.method.full, rule.id),
        ]
        constants = (*points, numbers.a, numbers.b, numbers.c, numbers.d, numbers.e)
        otherwise, fixed = LEAVE_OUT, Decimal(0)
        if rule.when_not_applicable == "full":
            otherwise, fixed = FIXED, rule.method.full
        elif rule.when_not_applicable == "mean":
            otherwise = MEAN
        elif isinstance(rule.when_not_applicable, FixedPoints):
            otherwise, fixed = FIXED, rule.when_not_applicable.points
        return constants, WHEN_MISSING.index(rule.when_missing), otherwise, grains(fixed, rule.id)

    def _check_reach(self, rule: Rule, largest_x: int, largest_y: int, one: int, constants: tuple[int, ...]) -> None:
        """Refuse a rule whose products would not fit, rather than lose a digit."""
        numbers = dict(zip(CONSTANTS, constants, strict=True))
        index = len(self.rows["rules"])
        factors = [1, *(abs(numbers[name]) for name in "abcde")]
        factors += [abs(edge) for each, edge, _ in self.rows["steps"] if each == index]
        largest = max(largest_x, largest_y, one)
        if largest * max(factors) > LARGEST_DENOMINATOR * FARTHEST:
            self._refuse_size(rule.id)
        together = largest_x * len(self.units)
        if rule.method.averages and (together * len(self.units) > LARGEST_DENOMINATOR or together > one * LIMB):
            self._refuse_size(rule.id)
        if rule.method.divides_by_a and largest * numbers["a"] > LARGEST_DENOMINATOR:
            self._refuse_size(rule.id)
        if rule.method.is_open and largest_x * numbers["coefficient"] > one * 10 * LARGEST_POINTS * GRAIN:
            self._refuse_size(rule.id)

    def _refuse_size(self, name: str) -> None:
        raise Refusal(
            "facts.too_large",
            mark("%(name)s needs more than twelve digits, more than can be reckoned exactly on every engine."),
            hint=mark("State it in a larger unit of measure, such as ten thousand yuan, or with fewer decimals."),
            params={"name": name},
        )


def tables(scheme: Scheme, facts: Facts) -> Tables:
    """The whole numbers of one run."""
    return _Builder(scheme, facts).build()


def as_columns(table: str, rows: list[Row]) -> dict[str, Any]:
    """Rows of one table turned into its columns."""
    names = COLUMNS[table]
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}
