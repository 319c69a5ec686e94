"""A scheme as text people can read out (通俗文本): its clauses, its choices where they are open, and worked numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shoushan.core.decimals import plain
from shoushan.core.errors import mark
from shoushan.scoring.dumping import NAMES
from shoushan.scoring.questions import QUESTIONS, RULE_KEYS
from shoushan.scoring.terms import Part
from shoushan.scoring.wording import say
from shoushan.scoring.writing import number

if TYPE_CHECKING:
    from shoushan.scoring.cases import Case
    from shoushan.scoring.rule import Rule
    from shoushan.scoring.scheme import Scheme, Section
    from shoushan.scoring.terms import Term

METHODS_IN_WORDS = {
    "completion": mark("%(x)s ÷ %(y)s × %(full)s points."),
    "overfulfilment": mark(
        "%(full)s points where %(x)s reaches %(y)s; %(bonus)s more for each %(step)s%% over, at most %(bonus_cap)s."
    ),
    "deduction": mark("%(full)s points, less for each case: %(each)s."),
    "addition": mark("Points for each case: %(each)s."),
    "bands": mark("By bands of %(x)s: %(bands)s."),
    "ranking": mark("By the place of %(x)s: %(points)s points for the first, the second and so on."),
    "best": mark("%(x)s ÷ the best × %(full)s points."),
    "efficacy": mark("From the worst %(x)s to the best, in parts of %(full)s points."),
    "group_mean": mark("%(x)s ÷ the mean of the group × the mean of all units."),
    "limit": mark("%(full)s points while %(x)s stays within %(y)s; %(per_percent)s off for each 1%% over."),
    "improvement": mark("%(points)s points for each %(per)s of %(x)s."),
    "given": mark("%(x)s as given elsewhere, × %(times)s."),
    "formula": mark("%(points)s (%(full)s points in full)."),
}


def readable(scheme: Scheme, cases: Sequence[Case], language: str) -> Iterator[str]:
    """The scheme line by line."""
    yield f"{scheme.title}"
    said = {"source": scheme.source, "day": scheme.published.isoformat(), "version": scheme.version}
    yield say(mark("%(source)s, published on %(day)s, version %(version)s"), language, said)
    yield ""
    rounding = scheme.rounding
    yield from _answer("left_out", scheme.left_out, language)
    words = {
        "half_up": mark("half up"),
        "half_even": mark("half to even (GB/T 8170)"),
        "line": mark("in each line"),
        "total": mark("in the total"),
    }
    said = {"places": str(rounding.places), "mode": say(words[rounding.mode], language)}
    said["at"] = say(words[rounding.at], language)
    yield say(mark("Rounded once, %(at)s, to %(places)s places, %(mode)s."), language, said)
    yield from _answer("rank_by", scheme.rank_by, language)
    yield from _answer("falsity", scheme.falsity, language)
    for name, formula in scheme.names.items():
        yield f"{name} = {formula}"
    if scheme.total is not None:
        yield say(mark("Total: %(formula)s"), language, {"formula": str(scheme.total)})
    for section in scheme.sections:
        yield from ("", _section(section, language))
        for rule in scheme.rules:
            if rule.section == section.id:
                yield from _rule(rule, cases, language)
    for rule in scheme.rules:
        if not rule.section:
            yield from _rule(rule, cases, language)
    if scheme.grades is not None:
        yield ""
        levels = [
            (f"{level.grade} ≥ {plain(level.least)}" if level.least else level.grade) for level in scheme.grades.levels
        ]
        yield say(mark("Grades: %(levels)s"), language, {"levels": "; ".join(levels)})
    for veto in scheme.vetoes:
        yield f"{veto.label} ({veto.source}; {veto.basis})"
    for each in scheme.consequences:
        yield f"{each.label} ({each.source})"


def _section(section: Section, language: str) -> str:
    if section.weight is None:
        return section.label
    return say(
        mark("%(section)s, weight %(weight)s"), language, {"section": section.label, "weight": plain(section.weight)}
    )


def _rule(rule: Rule, cases: Sequence[Case], language: str) -> Iterator[str]:
    until = f" – {rule.until}" if rule.until else ""
    yield from ("", f"{rule.label} ({rule.source}; {rule.since}{until})")
    yield f"  {method_in_words(rule, rule.method, language)}"
    for key in rule.method.asks:
        question = "completion_cap" if (NAMES[type(rule.method)], key) == ("completion", "cap") else key
        for line in _answer(question, getattr(rule.method, key), language):
            yield f"  {line}"
    for key in RULE_KEYS:
        for line in _answer(key, getattr(rule, key), language):
            yield f"  {line}"
    if rule.falsified is not None:
        said = {"figure": _sum(rule.falsified.figure)}
        for line in _answer("costs", rule.falsified.costs, language):
            yield "  " + say(mark("False figures (%(figure)s):"), language, said) + f" {line}"
    for change in rule.changes:
        said = {"since": change.since.isoformat(), "source": change.source}
        said["what"] = method_in_words(rule, change.method, language)
        yield "  " + say(mark("From %(since)s (%(source)s): %(what)s"), language, said)
    for case in cases:
        if case.rule == rule.id:
            yield "  " + say(
                mark("Example: %(name)s: %(because)s"), language, {"name": case.name, "because": case.because}
            )


def method_in_words(rule: Rule, method: Any, language: str) -> str:
    """How a rule gives its points, in one sentence."""
    terms = rule.terms()
    said = {name: _value(getattr(method, name)) for name in type(method).model_fields}
    said |= {role: _sum(terms.get(role, ())) for role in ("x", "y")}
    return say(METHODS_IN_WORDS[NAMES[type(method)]], language, said)


def _sum(terms: Sequence[Term]) -> str:
    parts = []
    for term in terms:
        name = term.fact or (f"({term.formula})" if term.formula else "")
        times = "" if term.times == 1 and name else number(term.times)
        parts.append(" × ".join(filter(None, (times, name))))
    return " + ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(each)}" for name, each in value.items())
    if hasattr(value, "least"):
        return f"≥ {plain(value.least)}: {plain(value.points)}"
    if isinstance(value, Part):
        return _value({name: getattr(value, name) for name in type(value).model_fields})
    return "–" if value is None else str(value)


def _answer(key: str, value: Any, language: str) -> Iterator[str]:
    """What was chosen where the clause is open, in the words of the question."""
    question = QUESTIONS[key]
    word = (
        {None: "null", True: "true", False: "false"}.get(value) if value is None or isinstance(value, bool) else value
    )
    if isinstance(word, str) and word in question.answers:
        answer = say(question.answers[word], language)
        yield f"{say(question.asks, language)} {answer.partition('：')[2] or answer.partition(': ')[2]}"
    else:
        yield f"{say(question.asks, language)} {_value(getattr(value, 'points', value))}"
