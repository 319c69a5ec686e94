"""The published scheme (考核办法) as data: rules with their sources, weights, ties, grades and consequences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, SerializeAsAny, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.methods import Method, method_from
from shoushan.scoring.terms import Indicator, Part, Sum, Term, UnsuitableError


class FixedPoints(Part):
    """A line that does not apply earns these points all the same (基础分)."""

    points: Decimal


class Rule(Part):
    """One clause that gives or takes points."""

    id: str
    label: str
    source: str = Field(min_length=1)
    since: date
    until: date | None = None
    section: str = ""
    applies_to: tuple[str, ...] = ()
    indicator: Indicator | None = None
    method: Annotated[SerializeAsAny[Method], BeforeValidator(method_from)]
    compare: Literal["group", "all"] = "group"
    when_missing: Literal["leave_out", "zero", "not_applicable"] = "leave_out"
    when_not_applicable: Literal["leave_out", "full", "mean"] | FixedPoints = "leave_out"

    @model_validator(mode="after")
    def _method_has_what_it_measures(self) -> Rule:
        self.method.check_indicator(self.indicator)
        return self

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The sums this rule needs: ``x`` on top, ``y`` below where it is a ratio."""
        return self.method.terms(self.indicator)

    def applies_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Section(Part):
    """A part of the scheme with its own weight (板块)."""

    id: str
    label: str
    weight: Decimal = Field(gt=0)


class Rounding(Part):
    """Where a decimal is cut, once: half up (四舍五入) or half to even (GB/T 8170)."""

    places: int = Field(default=2, ge=0, le=6)
    mode: Literal["half_up", "half_even"] = "half_up"
    at: Literal["line", "total"] = "total"


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
    slots: Literal["round_down", "half_up", "round_up"] = "round_down"
    tie_at_the_edge: Literal["none", "all"] = "none"
    source: str = Field(min_length=1)


class Grades(Part):
    """Grades from the best down; the last has no threshold."""

    levels: tuple[Grade, ...] = Field(min_length=2)
    compare: Literal["unrounded", "rounded"] = "unrounded"
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
    applies_to: tuple[str, ...] = ()
    basis: str = ""

    @model_validator(mode="after")
    def _money_and_posts_need_a_basis(self) -> Proposal:
        if self.kind in ("cash", "post") and not self.basis:
            raise UnsuitableError(mark("Money and posts need the rule they rest on: add basis."))
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
    groups: dict[str, str] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)
    left_out: Literal["scaled", "even", "none"] = "scaled"
    rounding: Rounding = Rounding()
    tie_break: tuple[TieKey, ...] = ()
    grades: Grades | None = None
    vetoes: tuple[Veto, ...] = ()
    consequences: tuple[Proposal, ...] = ()
    _sha256: str = PrivateAttr(default="")

    @property
    def sha256(self) -> str:
        """The digest of the file this scheme was read from."""
        return self._sha256

    @model_validator(mode="after")
    def _names_agree(self) -> Scheme:
        rules = _unique([rule.id for rule in self.rules])
        sections = _unique([section.id for section in self.sections])
        _unique([veto.id for veto in self.vetoes])
        _unique([each.id for each in self.consequences])
        for rule in self.rules:
            _known(rule.section, sections)
            if bool(self.sections) != bool(rule.section) and rule.method.full > 0:
                raise UnsuitableError(
                    mark("Rule %(rule)s: either every rule with full points stands in a section, or none does."),
                    rule=rule.id,
                )
        for named in [*(key.rule for key in self.tie_break), *(veto.rule for veto in self.vetoes)]:
            _known(named, rules)
        for key in self.tie_break:
            _known(key.section, sections)
        if self.sections and self.left_out == "even":
            raise UnsuitableError(mark("Weights are shared out evenly only in a scheme without sections."))
        grades = {level.grade for level in self.grades.levels} if self.grades else set()
        for each in self.consequences:
            for grade in each.grades:
                _known(grade, grades)
        return self

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
                sorted({type(rule.method).__name__ for rule in self.rules}),
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

    def facts(self) -> set[str]:
        """Every fact the scheme names."""
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
