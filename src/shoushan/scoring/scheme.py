"""The published scheme (考核办法) as data: its clauses, weights, ties, grades and consequences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, PrivateAttr, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.formulas import Formula, WrittenFormula
from shoushan.scoring.order import TOTAL, check_order, facts_in_formulas
from shoushan.scoring.rule import Rule
from shoushan.scoring.terms import Part, Sum, UnsuitableError


class Section(Part):
    """A part of the scheme with its own weight (板块), or without one, where its lines count as they are.

    It may stand inside another, be multiplied by a coefficient, and be kept between two ends.
    """

    id: str
    label: str
    weight: Decimal | None = Field(default=None, gt=0)
    inside: str = ""
    times: WrittenFormula | None = None
    cap: Decimal | None = None
    floor: Decimal | None = None

    @property
    def is_plain(self) -> bool:
        """A weight and nothing else."""
        return self.weight is not None and not self.inside and not self.is_bound

    @property
    def is_bound(self) -> bool:
        """Whether its sum is changed before it counts."""
        return self.times is not None or self.cap is not None or self.floor is not None


class Rounding(Part):
    """Where a decimal is cut, once: half up (四舍五入) or half to even (GB/T 8170)."""

    places: int = Field(ge=0, le=6)
    mode: Literal["half_up", "half_even"]
    at: Literal["line", "total"]


class TieKey(Part):
    """What decides between equal totals: the points of a rule or a section, or a fact."""

    rule: str = ""
    section: str = ""
    fact: str = ""
    lower_first: bool = False

    @model_validator(mode="after")
    def _one_key(self) -> TieKey:
        if sum(map(bool, (self.rule, self.section, self.fact))) != 1:
            raise UnsuitableError(mark("A tie is broken by one rule, one section or one fact."))
        return self


class Grade(Part):
    """A grade (等次) and the total it needs."""

    grade: str
    least: Decimal | None = None


class Quota(Part):
    """A ceiling on the share of units of a group that may have the top grade."""

    share: Decimal = Field(gt=0, le=1)
    slots: Literal["round_down", "half_up", "round_up"]
    tie_at_the_edge: Literal["none", "all"]
    source: str = Field(min_length=1)


class Grades(Part):
    """Grades from the best down; the last has no threshold."""

    levels: tuple[Grade, ...] = Field(min_length=2)
    compare: Literal["unrounded", "rounded"]
    quota: Quota | None = None

    @model_validator(mode="after")
    def _fall(self) -> Grades:
        least = [level.least for level in self.levels[:-1]]
        if (
            None in least
            or self.levels[-1].least is not None
            or least != sorted(set(filter(None, least)), reverse=True)
        ):
            raise UnsuitableError(mark("Thresholds fall from grade to grade, and only the last grade has none."))
        return self


class Veto(Part):
    """A veto (一票否决): what a fact above zero does, and the approval without which it may not be used."""

    id: str
    label: str
    source: str = Field(min_length=1)
    since: date
    basis: str = Field(min_length=1)
    when: Sum
    effect: Literal["line", "grade", "bar"]
    rule: str = ""
    grade: str = ""

    @model_validator(mode="after")
    def _names_what_it_touches(self) -> Veto:
        if bool(self.rule) != (self.effect == "line") or bool(self.grade) != (self.effect == "grade"):
            raise UnsuitableError(mark("A veto on a line names the rule, and a veto on the grade names the grade."))
        return self


class Proposal(Part):
    """What follows from a grade or a rank (奖惩), to be decided by people."""

    id: str
    label: str
    source: str = Field(min_length=1)
    kind: Literal["commendation", "talk", "help", "criticism", "cash", "post"]
    grades: tuple[str, ...] = ()
    ranks_to: int | None = None
    # The places of one line instead of the ranks of the totals.
    rule: str = ""
    applies_to: tuple[str, ...] = ()
    basis: str = ""

    @model_validator(mode="after")
    def _money_and_posts_need_a_basis(self) -> Proposal:
        if self.kind in ("cash", "post") and not self.basis:
            raise UnsuitableError(mark("Money and posts need the rule they rest on: add basis."))
        if self.rule and self.ranks_to is None:
            raise UnsuitableError(mark("A consequence of a line's places says to which place: add ranks_to."))
        if not self.grades and self.ranks_to is None:
            raise UnsuitableError(mark("A consequence follows from grades or from ranks: name them."))
        return self


class Scheme(Part):
    """One version of one published scheme."""

    key: str
    version: str
    title: str
    source: str = Field(min_length=1)
    published: date
    # Where an earlier version was published already: a clause may count from then on.
    first_published: date | None = None
    # The year it scores, where it was published in the year before.
    year: int | None = None
    groups: dict[str, str] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)
    names: dict[str, WrittenFormula] = Field(default_factory=dict)
    left_out: Literal["scaled", "even", "none"]
    rounding: Rounding
    total: WrittenFormula | None = None
    rank_by: Literal["rounded", "unrounded"]
    tie_break: tuple[TieKey, ...]
    falsity: str
    grades: Grades | None = None
    vetoes: tuple[Veto, ...] = ()
    consequences: tuple[Proposal, ...] = ()
    _sha256: str = PrivateAttr(default="")

    @property
    def sha256(self) -> str:
        """The digest of the file this scheme was read from."""
        return self._sha256

    @property
    def scores_year(self) -> int:
        """The year it is for: the one it names, or that of its publication."""
        return self.year or self.published.year

    @model_validator(mode="after")
    def _names_agree(self) -> Scheme:
        rules = _unique([rule.id for rule in self.rules])
        sections = _unique([section.id for section in self.sections])
        _unique([*rules, *sections, *self.names])
        _unique([veto.id for veto in self.vetoes])
        _unique([each.id for each in self.consequences])
        for rule in self.rules:
            _known(rule.section, sections)
            if bool(self.sections) != bool(rule.section) and rule.method.full > 0:
                raise UnsuitableError(
                    mark("Rule %(rule)s: either every rule with full points stands in a section, or none does."),
                    rule=rule.id,
                )
        for section in self.sections:
            _known(section.inside, sections)
        fed = [*(key.rule for key in self.tie_break), *(veto.rule for veto in self.vetoes)]
        for named in [*fed, *(each.rule for each in self.consequences)]:
            _known(named, rules)
        self._check_falsity(rules)
        for key in self.tie_break:
            _known(key.section, sections)
        if self.sections and self.left_out == "even":
            raise UnsuitableError(mark("Weights are shared out evenly only in a scheme without sections."))
        grades = {level.grade for level in self.grades.levels} if self.grades else set()
        for each in self.consequences:
            for grade in each.grades:
                _known(grade, grades)
        check_order(self)
        return self

    def _check_falsity(self, rules: set[str]) -> None:
        """What a false figure costs stands in one place: nowhere, in one rule, or in each rule's own words."""
        said = [rule.id for rule in self.rules if rule.falsified is not None]
        if self.falsity == "none" and said:
            raise UnsuitableError(
                mark("falsity: none, but rule %(rule)s says what a false figure costs; answer falsity: lines."),
                rule=said[0],
            )
        if self.falsity == "lines" and "lines" not in rules and not said:
            raise UnsuitableError(mark("falsity: lines, but no rule says under “falsified” what a false figure costs."))
        if self.falsity not in ("none", "lines"):
            _known(self.falsity, rules)

    @model_validator(mode="after")
    def _counts_forward_only(self) -> Scheme:
        first = self.first_published or self.published
        for rule in self.rules:
            if rule.since < (rule.published or first):
                raise UnsuitableError(
                    mark("Rule %(rule)s counts from %(since)s, before it was published on %(published)s."),
                    rule=rule.id,
                    since=rule.since.isoformat(),
                    published=(rule.published or first).isoformat(),
                )
        return self

    @property
    def gives_totals(self) -> bool:
        """Whether lines add up to a total; where none counts, a scheme only gives places and prizes (单项奖)."""
        return any(rule.counts for rule in self.rules)

    @property
    def reckons_totals(self) -> bool:
        """Whether totals are more than the sum of weighted lines, and so come from exact fractions."""
        return (
            self.total is not None
            or self.rank_by == "unrounded"
            or any(not section.is_plain for section in self.sections)
            or any(not rule.counts for rule in self.rules)
        )

    @property
    def is_reckoned(self) -> bool:
        """Whether some of it is reckoned in exact fractions before the query."""
        return (
            self.reckons_totals
            or any(rule.is_reckoned for rule in self.rules)
            or any(term.formula is not None for veto in self.vetoes for term in veto.when)
        )

    @property
    def fills_gaps(self) -> bool:
        """Whether some line that does not apply has points all the same."""
        return any(rule.when_not_applicable != "leave_out" for rule in self.rules)

    @property
    def shape(self) -> str:
        """What the query depends on; the clauses' own numbers are data to it, so schemes of one shape share it."""
        rules = [rule.id for rule in self.rules]
        sections = [section.id for section in self.sections]
        by_place = bool(self.vetoes or self.tie_break)
        levels = self.grades.levels if self.grades else ()
        return repr(
            (
                sorted({type(rule.method).__name__ for rule in self.rules if not rule.is_reckoned}),
                (self.is_reckoned, self.reckons_totals, self.gives_totals, self.rank_by),
                (self.rounding, self.left_out, bool(sections), self.fills_gaps),
                rules if by_place else [],
                sections if by_place else [],
                [(veto.effect, veto.rule) for veto in self.vetoes],
                self.tie_break,
                [level.least for level in levels],
                (self.grades.compare, self.grades.quota) if self.grades else None,
            )
        )

    def on(self, day: date) -> Scheme:
        """The scheme with the rules in force on a day, and the vetoes and ties that rest on them."""
        rules = tuple(rule for rule in self.rules if rule.applies_on(day))
        here = {rule.id for rule in rules}
        update = {
            "rules": rules,
            "tie_break": tuple(key for key in self.tie_break if not key.rule or key.rule in here),
            "vetoes": tuple(veto for veto in self.vetoes if veto.since <= day and (not veto.rule or veto.rule in here)),
        }
        return self.model_copy(update=update)

    def resolved(self, day: date | None, names: set[str]) -> Scheme:
        """The scheme in force on a day, with dated numbers settled; by all its rules where no day is given."""
        scheme = self if day is None else self.on(day)
        return scheme.model_copy(update={"rules": tuple(rule.settled_on(day, names) for rule in scheme.rules)})

    def formulas(self) -> Iterator[tuple[str, Formula]]:
        """Every formula with the name of what it belongs to."""
        yield from self.names.items()
        for rule in self.rules:
            for sum_ in rule.terms().values():
                yield from ((rule.id, term.formula) for term in sum_ if term.formula is not None)
        for section in self.sections:
            if section.times is not None:
                yield section.id, section.times
        for veto in self.vetoes:
            yield from ((veto.id, term.formula) for term in veto.when if term.formula is not None)
        if self.total is not None:
            yield TOTAL[0], self.total

    def facts(self) -> set[str]:
        """Every fact the scheme names, those inside formulas too."""
        return self.plain_facts() | set(facts_in_formulas(self))

    def plain_facts(self) -> set[str]:
        """The facts that stand outside formulas."""
        sums = [sum_ for rule in self.rules for sum_ in rule.terms().values()]
        sums += [veto.when for veto in self.vetoes]
        named = {term.fact for sum_ in sums for term in sum_ if term.fact}
        return named | {key.fact for key in self.tie_break if key.fact}


def _unique(names: list[str]) -> set[str]:
    for name in names:
        if names.count(name) > 1:
            raise UnsuitableError(mark("%(name)s is named twice."), name=name)
    return set(names)


def _known(name: str, known: set[str]) -> None:
    if name and name not in known:
        raise UnsuitableError(mark("%(name)s is named, but the scheme has no such rule, section or grade."), name=name)
