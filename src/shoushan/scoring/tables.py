"""A scheme and its facts as tables of whole numbers, the same for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
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
from shoushan.scoring.facts import Absent, Facts, unknown_names
from shoushan.scoring.formulas.absence import no_number
from shoushan.scoring.methods import METHODS
from shoushan.scoring.methods.method import FARTHEST, Numbers
from shoushan.scoring.reckoning import Reckoned, reckoned
from shoushan.scoring.rule import FixedPoints, Rule
from shoushan.scoring.scheme import Scheme
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


@dataclass(frozen=True)
class Extent:
    """What the clauses' numbers depend on: the groups, how many units there are, and how far each fact reaches.

    ``places`` and ``largest`` hold the facts that somebody mentions: their decimals, and their largest size.
    """

    groups: list[str]
    units: int
    places: dict[str, int]
    largest: dict[str, Decimal]


class _Builder:
    """Collects the rows of the clauses; a rule's facts share one number of decimals, so that ratios stay whole."""

    def __init__(self, scheme: Scheme, extent: Extent) -> None:
        self.scheme = scheme
        self.groups, self.units = extent.groups, extent.units
        self.fact_places, self.largest = extent.places, extent.largest
        self.names = plain_names(scheme)
        self.number = {name: index for index, name in enumerate(self.names)}
        self.rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self.decimals: list[int] = []
        weights = [rule.method.full for rule in scheme.rules]
        weights += [section.weight for section in scheme.sections if section.weight is not None]
        self.weight_places = max([0, *map(places, weights)])

    def build(self) -> None:
        self._check_facts()
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

    def _check_facts(self) -> None:
        check_named(self.names, set(self.fact_places))
        for name in self.names:
            if self.largest[name].scaleb(self.fact_places[name]) > LARGEST_DENOMINATOR:
                self._refuse_size(name)

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
        together = largest_x * self.units
        if rule.method.averages and (together * self.units > LARGEST_DENOMINATOR or together > one * LIMB):
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


def clauses(scheme: Scheme, extent: Extent) -> Tables:
    """The whole numbers of the scheme's clauses alone; units and facts are still to come."""
    builder = _Builder(scheme, extent)
    builder.build()
    return Tables(builder.rows, [], extent.groups, builder.names, builder.decimals)


def tables(scheme: Scheme, facts: Facts) -> Tables:
    """The whole numbers of one run."""
    check_named(scheme.facts(), facts.names())
    groups = list(dict.fromkeys(facts.groups.values()))
    names = plain_names(scheme)
    _check_numbers(set(names), facts)
    mentioned: set[str] = set().union(*facts.values.values())
    found, absent = _seen(names, facts)
    reach = {name: max((places(value) for _, value in values if value), default=0) for name, values in found.items()}
    largest = {name: max((abs(value) for _, value in values), default=Decimal(0)) for name, values in found.items()}
    extent = Extent(groups, len(facts.groups), {name: reach[name] for name in names if name in mentioned}, largest)
    given = clauses(scheme, extent)
    for number, name in enumerate(names):
        absent += [(unit, number, whole(value, reach[name]), 0) for unit, value in found[name]]
    numbers = {name: index for index, name in enumerate(groups)}
    units: list[Row] = [(index, numbers[group]) for index, group in enumerate(facts.groups.values())]
    given = replace(given, rows={**given.rows, "units": units, "facts": absent}, units=list(facts.groups))
    return _with_reckoned(scheme, facts, given) if scheme.is_reckoned else given


def _with_reckoned(scheme: Scheme, facts: Facts, given: Tables) -> Tables:
    """The finished lines, vetoes and totals too, as whole numbers with one bit for what is left over."""
    found = reckoned(scheme, facts)
    number = {unit: index for index, unit in enumerate(given.units)}
    rows: list[Row] = []
    for index, rule in enumerate(scheme.rules):
        if rule.is_reckoned:
            for unit in given.units:
                outcome = found.lines.get((unit, rule.id))
                if outcome is not None:
                    grains_, rest = _grains(outcome.earned or Fraction(0), rule.id)
                    rows.append((number[unit], index, grains_, rest, outcome.presence))
    for index, veto in enumerate(scheme.vetoes, start=len(scheme.rules)):
        if any(term.formula is not None for term in veto.when):
            for unit in given.units:
                fired = found.vetoes[unit, veto.id]
                rows.append((number[unit], index, fired or 0, 0, 0 if fired is not None else 2))
    totals = _reckoned_totals(found, number) if scheme.reckons_totals else []
    return replace(given, rows={**given.rows, "reckoned": rows, "settled": totals}, reckoned=found)


def _reckoned_totals(found: Reckoned, number: dict[str, int]) -> list[Row]:
    order = {total: at for at, total in enumerate(sorted({each for each in found.totals.values() if each is not None}))}
    rows: list[Row] = []
    for unit, total in found.totals.items():
        grains_, rest = _grains(total or Fraction(0), unit)
        rows.append((number[unit], grains_, rest, 0 if total is None else order[total], int(total is None)))
    return rows


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


def plain_names(scheme: Scheme) -> list[str]:
    """The facts that the query itself reads; those of formulas are reckoned before it."""
    plain = tuple(rule for rule in scheme.rules if not rule.is_reckoned)
    return sorted(scheme.model_copy(update={"rules": plain}).plain_facts())


def check_named(needed: Iterable[str], known: Set[str]) -> None:
    """Refuse facts that mention nowhere what the scheme needs."""
    if unknown := sorted(set(needed) - known):
        raise unknown_names(unknown)


def _check_numbers(names: Set[str], facts: Facts) -> None:
    """Refuse a word, a day or a list in the place of a number, which would count as if the unit said nothing."""
    for words in facts.words.values():
        for name in sorted(names & words.keys()):
            raise no_number(words[name])
    for lists in facts.lists.values():
        for name in sorted(names & lists.keys()):
            raise no_number(f"{name}[]")


def _seen(names: list[str], facts: Facts) -> tuple[dict[str, list[tuple[int, Decimal]]], list[Row]]:
    """The values of each fact by unit, and the rows of those that are absent."""
    found: dict[str, list[tuple[int, Decimal]]] = {name: [] for name in names}
    absent: list[Row] = []
    for index, unit in enumerate(facts.groups):
        values = facts.values[unit]
        for number, name in enumerate(names):
            value = values.get(name)
            if isinstance(value, Decimal):
                found[name].append((index, value))
            elif value is not None:
                absent.append((index, number, 0, MISSING if value is Absent.MISSING else NOT_APPLICABLE))
    return found, absent


def as_columns(table: str, rows: list[Row]) -> dict[str, Any]:
    """Rows of one table turned into its columns."""
    names = COLUMNS[table]
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def as_arrow(table: str, rows: list[Row]) -> Any:
    """Rows of one table as columns in memory."""
    import pyarrow

    whole = pyarrow.int64()
    return pyarrow.table({name: pyarrow.array(values, whole) for name, values in as_columns(table, rows).items()})
