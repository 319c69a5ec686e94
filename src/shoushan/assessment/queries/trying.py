"""A rule, or a whole draft, tried on last year's facts or on values typed for the purpose: shown, and never kept."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext

from shoushan.assessment.queries.checked import ENGINE, HINTLESS, TO_COME, UNUSABLE, filled, several
from shoushan.assessment.queries.facts import facts_of
from shoushan.assessment.queries.figures import Figures
from shoushan.assessment.queries.shapes import asks
from shoushan.assessment.queries.texts import LANGUAGE, Content, rules_of
from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.scoring import Facts, Result, Scheme, ScoreLine, run
from shoushan.scoring.cases import narrowed
from shoushan.scoring.facts import Absent
from shoushan.scoring.formulas.parsing import parsed
from shoushan.scoring.loading import scheme_from
from shoushan.scoring.methods import METHODS
from shoushan.scoring.questions import IN_THE_RULE, unanswered
from shoushan.scoring.rule import Rule
from shoushan.scoring.terms import UnsuitableError
from shoushan.web.figures import number

# What a scheme answers for itself does not touch the points of one rule.
OF_THE_SCHEME: Content = {
    "left_out": "none", "rounding": {"places": 2, "mode": "half_up", "at": "total"}, "rank_by": "rounded",
    "tie_break": [], "falsity": "none",
}  # fmt: skip
# Any answer at all, while everything else about a rule is checked; it is never kept and never shown.
ANY: Content = {
    "when_missing": "leave_out", "when_not_applicable": "leave_out", "compare": "group", "completion_cap": 1,
    "cap": None, "floor": 0, "low": 0, "high": 0, "start": 0, "target_zero": "nothing", "best_zero": "nothing",
    "limit_zero": "floor", "steps": "proportional", "symmetric": False, "below": 0, "beyond": 0, "ties": "same",
    "direction": "higher", "all_equal": "full", "base": 60, "span": 40, "change_counts": "day",
}  # fmt: skip
OF_THE_HEAD = ("key", "version", "title", "year", "published", "groups")
UNITS = ("甲", "乙", "丙")  # han: as documents call the units of a worked case


def alone(content: Content, rule: Content) -> Content:
    """A scheme of one rule, with the answers that were given for all."""
    head = {
        name: content[name] for name in ("key", "version", "title", "year", "published", "groups") if name in content
    }
    rest = {name: content[name] for name in ("choices", "names") if content.get(name)}
    bare = {name: value for name, value in rule.items() if name != "section"}
    return copy.deepcopy({**head, "source": TO_COME, **rest, **OF_THE_SCHEME, "rules": [bare]})


def check_rule(content: Content, rule: Content) -> None:
    """Refuse what the engine could not use in a rule; a question may stay open meanwhile."""
    text = alone(content, rule)
    [(_, numbers)] = text["rules"][0]["method"].items()
    for question in unanswered(text):
        if question in IN_THE_RULE:
            numbers[question] = ANY[question]
        else:
            text["choices"] = {**text.get("choices", {}), question: ANY[question]}
    text["rules"] += [_stand_in(name, rule) for name in sorted(_rests_on(content, rule))]
    try:
        scheme_from(text, "")
    except Refusal as refusal:
        raise Refusals([_beside(each, rule) for each in several(refusal)]) from refusal


def _rests_on(content: Content, rule: Content) -> set[str]:
    """The other rules, and the sections, whose points a formula names."""
    numbers = rule["method"].get("formula")
    if numbers is None:
        return set()
    others = {*rules_of(content), *(each["id"] for each in content.get("sections", []))} - {rule["id"]}
    try:
        return others & {name.name for name in parsed(str(numbers["points"])).names()}
    except UnsuitableError:
        return set()


def _stand_in(name: str, rule: Content) -> Content:
    """A rule of that name, while the one that rests on it is looked at."""
    method = {"formula": {"full": 0, "points": "0", "floor": None, "cap": None}}
    answers = {"when_missing": "leave_out", "when_not_applicable": "leave_out", "counts": False}
    return {"id": name, "label": TO_COME, "source": TO_COME, "since": rule["since"], "method": method, **answers}


def _beside(refusal: Refusal, rule: Content) -> Refusal:
    """An engine's refusal beside the field of a rule's form, without the places of a file in it."""
    place = refusal.field.rpartition(".")[2]
    if refusal.code == "goal.counts_people":
        place = "label" if refusal.params["fact"] == rule["label"] else "measure"
    if "problem" in refusal.params:
        return Refusal(
            "scheme.invalid", UNUSABLE, hint=mark("Fill it in anew."), params={"rule": rule["label"]}, field=place
        )
    hint = "" if refusal.hint in HINTLESS else refusal.hint
    return Refusal(refusal.code, refusal.message, hint=hint, params=refusal.params, field=place)


@dataclass(frozen=True, slots=True)
class Tried:
    """What one unit would get, with the arithmetic behind it."""

    code: str
    name: str
    group: str
    points: Decimal | None
    place: int | None
    grade: str
    lines: list[tuple[str, Decimal | None, str]]


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that nobody has in the year it is tried on."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial on the facts of a year, or on typed ones: never a result."""

    year: Year | None = None
    units: list[Tried] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    refusal: Refusal | None = None
    is_typed: bool = False

    @property
    def missing_words(self) -> str:
        """The figures that nobody has, in words."""
        return gettext(", ").join(each.label for each in self.missing)

    def of(self, code: str) -> Tried | None:
        """The unit that is looked at, or the first one that has points."""
        asked = [each for each in self.units if each.code == code]
        return next(iter([*asked, *(each for each in self.units if each.points is not None), *self.units]), None)


Typed = Mapping[str, Mapping[str, Decimal | None]]


def tried_rule(content: Content, rule: Content, figures: Figures, *, at: datetime, typed: Typed | None = None) -> Trial:
    """What a rule gives each unit, on last year's facts or on those that were typed."""
    try:
        scheme = _scheme_of(content, rule)
    except Refusal as refusal:
        return Trial(refusal=refusal)
    if isinstance(scheme, list):
        return Trial(questions=scheme)
    return _tried(scheme, figures, content["year"], at, typed)


def _scheme_of(content: Content, rule: Content) -> Scheme | list[str]:
    """The scheme of one rule alone; of the whole where it rests on others; or the questions that are open."""
    check_rule(content, rule)
    text = alone(content, rule)
    questions = list(unanswered(text))
    if not questions and not _rests_on(content, rule):
        return _read(text, rule)
    if not questions:
        known = rule["id"] in rules_of(content)
        rules = [rule if each["id"] == rule["id"] else each for each in content["rules"]]
        whole = {**filled(content), "rules": rules if known else [*rules, rule]}
        questions = list(unanswered(whole))
        if not questions:
            return narrowed(_read(whole, rule), rule["id"])
    return [asks(each) for each in questions]


def _read(text: Content, rule: Content) -> Scheme:
    try:
        return scheme_from(text, "")
    except Refusal as refusal:
        raise Refusals([_beside(each, rule) for each in several(refusal)]) from refusal


def tried_draft(scheme: Scheme, figures: Figures, *, year: int, at: datetime) -> Trial:
    """What a whole draft gives each unit on last year's facts."""
    return _tried(scheme, figures, year, at, None)


def _tried(scheme: Scheme, figures: Figures, number: int, at: datetime, typed: Typed | None) -> Trial:
    names = scheme.facts()
    year = Year.objects.filter(number__lt=number).order_by("-number").first()
    if typed:
        return Trial(year, _units(scheme, _typed_facts(typed, names), figures, {}), [], is_typed=True)
    facts = facts_of(year, names, at=at) if year else Facts({}, {})
    missing = sorted(
        name for name in names if all(facts.get(unit, name) == Absent.NOT_APPLICABLE for unit in facts.groups)
    )
    known = dict(Unit.objects.filter(code__in=facts.groups).values_list("code", "name"))
    units = _units(scheme, facts, figures, known) if facts.groups and len(missing) < max(len(names), 1) else []
    return Trial(year, units, [Missing(name, figures.label(name)) for name in missing])


def _typed_facts(typed: Typed, names: set[str]) -> Facts:
    """The typed values; what nobody typed is missing."""
    values = {unit: {name: given.get(name) for name in sorted(names)} for unit, given in typed.items()}
    return Facts.from_units(values, dict.fromkeys(values, "unit"))


def _units(scheme: Scheme, facts: Facts, figures: Figures, known: Mapping[str, str]) -> list[Tried]:
    result: Result = run(scheme, facts, engine=ENGINE)
    return [
        Tried(
            unit.unit,
            known.get(unit.unit, unit.unit),
            scheme.groups.get(unit.group, unit.group),
            unit.points,
            unit.rank,
            unit.grade or "",
            [(line.label, line.points, why(line, figures)) for line in unit.lines],
        )
        for unit in result.units
    ]


def why(line: ScoreLine, figures: Figures) -> str:
    """The arithmetic of one line in the reader's language."""
    said = {name: _word(value, figures) for name, value in line.params.items()}
    return gettext(line.why) % said


def _word(value: str, figures: Figures) -> str:
    try:
        return number(Decimal(value))
    except ArithmeticError:
        return figures.words(value)


# Worked cases: one unit, or three where a rule compares.


def compares(rule: Content) -> bool:
    """Whether a rule's points depend on what others reached."""
    [kind] = rule["method"]
    method = METHODS[kind]
    return method.compares or method.ranks or method.averages


def units_of_case(rule: Content) -> Sequence[str]:
    return UNITS if compares(rule) else UNITS[:1]


def facts_of_rule(content: Content, rule: Content, above: frozenset[str] = frozenset()) -> list[str]:
    """The figures a rule counts, in the order in which it names them, and those of the rules it rests on."""
    text, others = alone(content, rule), _rests_on(content, rule)
    [(_, numbers)] = text["rules"][0]["method"].items()
    for question in unanswered(text):
        (numbers if question in IN_THE_RULE else text.setdefault("choices", {}))[question] = ANY[question]
    text["rules"] += [_stand_in(name, rule) for name in sorted(others)]
    scheme = scheme_from(text, "")
    read: Rule = scheme.rules[0]
    plain = [term.fact for sum_ in read.terms().values() for term in sum_ if term.fact]
    beneath = [
        fact
        for each in content["rules"]
        if each["id"] not in {rule["id"], *above} and {each["id"], each.get("section")} & others
        for fact in facts_of_rule(content, each, above | {rule["id"]})
    ]
    return list(dict.fromkeys([*plain, *sorted(scheme.facts()), *beneath]))


def case_of(content: Content, rule: Content, typed: Typed, figures: Figures) -> Content:
    """A worked case as it would be kept: what was typed, what came out, and why, in the language of the scheme."""
    scheme = _scheme_of(content, rule)
    if isinstance(scheme, list):
        raise Refusal(
            "scheme.open_question",
            mark("This rule leaves a question open: %(question)s"),
            hint=mark("Answer it first; then it can be worked."),
            params={"question": scheme[0]},
        )
    result = run(scheme, _typed_facts(typed, scheme.facts()), engine=ENGINE)
    given = {unit: dict(values) for unit, values in typed.items()}
    with translation.override(LANGUAGE):
        because = [why(line, figures) for unit in result.units for line in unit.lines if line.rule == rule["id"]]
    expected = {unit.unit: _expected(unit.points, unit.status) for unit in result.units}
    name = " · ".join(
        " / ".join("–" if value is None else number(value) for value in values.values()) for values in given.values()
    )
    case: Content = {"name": name, "rule": rule["id"], "because": "; ".join(because)}
    if len(given) == 1:
        [(facts, came)] = zip(given.values(), expected.values(), strict=True)
        return {**case, "facts": facts, **came}
    return {**case, "facts": given, "expected": expected}


def _expected(points: Decimal | None, status: str) -> Content:
    return {"points": points} if points is not None else {"points": None, "status": status}
