"""What a published clause leaves open must be answered (必答): no silent default where two fair readers could differ.

An answer stands in the rule it is about, or once for the whole scheme under ``choices``.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.scoring.methods import METHODS
from shoushan.scoring.methods.cases import Addition, Deduction

# What has another meaning in every method cannot be answered once for all of them.
IN_THE_RULE = frozenset({"cap", "low", "high", "start"})


class OpenQuestion(Refusal):
    """A refusal that asks, with each answer in words."""

    answers: Mapping[str, str] = {}


@dataclass(frozen=True)
class Question:
    """One thing a clause may leave open, and how each answer is written."""

    asks: str
    answers: Mapping[str, str] = field(default_factory=dict)

    def refusal(self, key: str, places: list[str]) -> OpenQuestion:
        if key in IN_THE_RULE:
            hint = mark("Write it at %(places)s: %(answers)s.")
        else:
            hint = mark("Write it at %(places)s, or once under “choices”, as %(key)s: %(answers)s.")
        shown = places if len(places) <= 3 else [*places[:3], f"… ({len(places)})"]
        params = {"places": ", ".join(shown), "key": key, "answers": ", ".join(self.answers)}
        found = OpenQuestion(f"scheme.ask.{key}", self.asks, hint=hint, params=params, field=places[0])
        found.answers = self.answers
        return found


NUMBER_OR_NULL = {
    "number": mark("A number such as 0: not beyond it."),
    "null": mark("null: there is no such end."),
}
QUESTIONS: dict[str, Question] = {
    "left_out": Question(
        mark("Where a line does not count for a unit, what happens to its weight?"),
        {
            "scaled": mark("scaled: the other lines grow in proportion."),
            "even": mark("even: it is shared out evenly."),
            "none": mark("none: it is lost."),
        },
    ),
    "rounding": Question(
        mark("Where is a decimal rounded, to how many places, and how does a lone 5 go?"),
        {
            "form": mark(
                "{places: 2, mode: half_up or half_even, at: total or line}: once, in the total or in each line."
            )
        },
    ),
    "rank_by": Question(
        mark("Are ranks given by the rounded total, or before rounding?"),
        {
            "rounded": mark("rounded: totals equal after rounding are equal."),
            "unrounded": mark("unrounded: the last digit decides."),
        },
    ),
    "tie_break": Question(
        mark("What decides between equal totals?"),
        {
            "list": mark("A list such as [{rule: …}, {section: …}, {fact: …}]: these in turn."),
            "[]": mark("[]: equal units share the rank and the next is skipped, 1, 2, 2, 4."),
        },
    ),
    "falsity": Question(
        mark("What does a false figure cost?"),
        {
            "rule": mark("The id of the rule that takes points for it."),
            "lines": mark("lines: each rule that has such figures says it under “falsified”."),
            "none": mark("none: it costs no points and is dealt with by law."),
        },
    ),
    "costs": Question(
        mark("What does a false figure cost the line?"),
        {
            "taken_out": mark("taken_out: it is taken out, and nothing more."),
            "line": mark("line: the line gives nothing."),
            "times": mark(
                "{times: 2}: it is taken out, and so many times the points it would have earned are taken off."
            ),
            "each": mark("{each: 0.2}: so many points off for each."),
        },
    ),
    "when_missing": Question(
        mark("What is a line whose figure is missing?"),
        {
            "leave_out": mark("leave_out: grey, neither points nor a zero."),
            "zero": mark("zero: no points."),
            "not_applicable": mark("not_applicable: as if the unit had no such work."),
        },
    ),
    "when_not_applicable": Question(
        mark("What does a unit without such work get for the line?"),
        {
            "leave_out": mark("leave_out: nothing, and its weight goes as left_out says."),
            "full": mark("full: the full points."),
            "mean": mark("mean: the mean of its group."),
            "points": mark("{points: 2}: so many points."),
        },
    ),
    "compare": Question(
        mark("With whom is a unit compared?"),
        {"group": mark("group: with its own group."), "all": mark("all: with all units.")},
    ),
    "completion_cap": Question(
        mark("Does more than the target count?"),
        {
            "1": mark("1: at most the full points."),
            "number": mark("A number such as 1.2: up to 120% of the target counts."),
            "null": mark("null: there is no such end."),
        },
    ),
    "cap": Question(mark("May a line earn more than this?"), NUMBER_OR_NULL),
    "floor": Question(mark("May a line fall lower than this?"), NUMBER_OR_NULL),
    "low": Question(mark("How low may the line fall?"), {"number": mark("A number such as 0: not beyond it.")}),
    "high": Question(mark("How high may the line rise?"), {"number": mark("A number such as 0: not beyond it.")}),
    "start": Question(
        mark("How many points does a line have where nothing changed?"), {"number": mark("A number of points.")}
    ),
    "target_zero": Question(
        mark("What does a target of zero give?"),
        {
            "not_evaluable": mark("not_evaluable: there is no ratio, so neither points nor a zero."),
            "full": mark("full: the full points."),
            "nothing": mark("nothing: no points."),
        },
    ),
    "best_zero": Question(
        mark("What does a best value of zero give?"),
        {
            "not_evaluable": mark("not_evaluable: there is no ratio, so neither points nor a zero."),
            "full": mark("full: the full points."),
            "nothing": mark("nothing: no points."),
        },
    ),
    "limit_zero": Question(
        mark("What does a case over a limit of zero give?"),
        {
            "floor": mark("floor: the lowest points."),
            "not_evaluable": mark("not_evaluable: there is no ratio, so neither points nor a zero."),
        },
    ),
    "steps": Question(
        mark("Does each step count only when it is whole, or in proportion?"),
        {
            "whole": mark("whole: a step that is not full earns nothing."),
            "proportional": mark("proportional: half a step is half the points."),
        },
    ),
    "symmetric": Question(
        mark("Do the steps also go down below the target?"),
        {
            "true": mark("true: as many points off for each step below."),
            "false": mark("false: below the target in proportion to it."),
        },
    ),
    "below": Question(mark("What does a value below the lowest band earn?"), {"number": mark("A number of points.")}),
    "beyond": Question(
        mark("What does a place beyond the last one named earn?"), {"number": mark("A number of points.")}
    ),
    "ties": Question(
        mark("What do units with equal values earn?"),
        {
            "same": mark("same: all of them the points of the better place."),
            "average": mark("average: the mean of the places they cover."),
        },
    ),
    "direction": Question(
        mark("Which value is the better one?"),
        {"higher": mark("higher: the larger value."), "lower": mark("lower: the smaller value.")},
    ),
    "all_equal": Question(
        mark("What do units earn where all values are equal?"),
        {
            "full": mark("full: the full points."),
            "base": mark("base: the base."),
            "not_evaluable": mark("not_evaluable: there is no ratio, so neither points nor a zero."),
        },
    ),
    "base": Question(mark("What does the worst value earn, out of a hundred?"), {"number": mark("60 is usual.")}),
    "span": Question(
        mark("How far is it from the worst value to the best, out of a hundred?"), {"number": mark("40 is usual.")}
    ),
    "grades_compare": Question(
        mark("Are grades given by the rounded total, or before rounding?"),
        {
            "unrounded": mark("unrounded: rounding lifts nobody over a line."),
            "rounded": mark("rounded: what is shown decides."),
        },
    ),
    "slots": Question(
        mark("How is the share of the top grade turned into a number of units?"),
        {
            "round_down": mark("round_down: 2.9 is 2."),
            "half_up": mark("half_up: 2.5 is 3."),
            "round_up": mark("round_up: 2.1 is 3."),
        },
    ),
    "tie_at_the_edge": Question(
        mark("Where equal units compete for the last place of the top grade, who gets it?"),
        {"none": mark("none: none of them."), "all": mark("all: all of them.")},
    ),
    "change_counts": Question(
        mark("Where numbers change inside the year, what counts by which?"),
        {
            "month": mark("month: each month's cases by its own numbers (facts such as returns.late@2026-07)."),
            "day": mark("day: the whole year by the numbers of the day it is scored."),
        },
    ),
}
SCHEME_KEYS = ("left_out", "rounding", "rank_by", "tie_break", "falsity")
RULE_KEYS = ("when_missing", "when_not_applicable")


def answered(written: dict[str, Any]) -> dict[str, Any]:
    """The scheme with its answers in their places; everything still open is refused together."""
    written = copy.deepcopy(written)
    choices = written.pop("choices", None) or {}
    if not isinstance(choices, dict):
        raise Refusal("scheme.choices", mark("“choices” is written as names with answers."), field="choices")
    if unknown := sorted(set(map(str, choices)) - set(QUESTIONS)):
        raise Refusal(
            "scheme.unknown_key",
            mark("%(place)s is not a word of a scheme."),
            hint=mark("Check its spelling in the reference of schemes."),
            params={"place": f"choices.{unknown[0]}"},
            field=f"choices.{unknown[0]}",
        )
    open_at = _answer(written, choices)
    if open_at:
        raise Refusals([QUESTIONS[question].refusal(question, places) for question, places in open_at.items()])
    return written


def unanswered(written: dict[str, Any]) -> dict[str, list[str]]:
    """The questions a scheme leaves open, each with the places that ask it."""
    written = copy.deepcopy(written)
    return _answer(written, written.pop("choices", None) or {})


def _answer(written: dict[str, Any], choices: dict[str, Any]) -> dict[str, list[str]]:
    """Put each answer that was given once for all in its places; what is left open, and where."""
    open_at: dict[str, list[str]] = {}
    for entry, key, question, place in _asked(written):
        if key not in entry:
            if question in choices and question not in IN_THE_RULE:
                entry[key] = copy.deepcopy(choices[question])
            else:
                open_at.setdefault(question, []).append(place)
    return open_at


def _asked(written: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Each place that needs an answer: where it is written, its word there, the question, and the place's name."""
    for key in SCHEME_KEYS:
        yield written, key, key, key
    grades = written.get("grades")
    if isinstance(grades, dict):
        yield grades, "compare", "grades_compare", "grades.compare"
        if isinstance(grades.get("quota"), dict):
            for key in ("slots", "tie_at_the_edge"):
                yield grades["quota"], key, key, f"grades.quota.{key}"
    rules = written.get("rules")
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict):
            yield from _asked_of(rule)


def _asked_of(rule: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    name = str(rule.get("id", "?"))
    for key in RULE_KEYS:
        yield rule, key, key, f"{name}.{key}"
    falsified = rule.get("falsified")
    if isinstance(falsified, dict):
        yield falsified, "costs", "costs", f"{name}.falsified.costs"
        if isinstance(falsified.get("costs"), dict):
            yield falsified, "floor", "floor", f"{name}.falsified.floor"
    method = rule.get("method")
    if not (isinstance(method, dict) and len(method) == 1):
        return
    [(kind, numbers)] = method.items()
    known = METHODS.get(kind)
    if known is None or not isinstance(numbers, dict):
        return
    for key in known.asks:
        yield numbers, key, "completion_cap" if (kind, key) == ("completion", "cap") else key, f"{name}.{key}"
    if known.compares or known.ranks:
        yield rule, "compare", "compare", f"{name}.compare"
    changes = rule.get("changes")
    if isinstance(changes, list) and changes:
        yield rule, "change_counts", "change_counts", f"{name}.change_counts"
        _complete(kind, numbers, changes)


def _complete(kind: str, numbers: dict[str, Any], changes: list[Any]) -> None:
    """A change names only what is new; the rest stays as it was before."""
    before = numbers
    for change in changes:
        new = change.get("method") if isinstance(change, dict) else None
        if isinstance(new, dict) and list(new) == [kind] and isinstance(new[kind], dict):
            merged = {**before, **new[kind]}
            if METHODS[kind] in (Deduction, Addition) and isinstance(new[kind].get("each"), dict):
                merged["each"] = {**before.get("each", {}), **new[kind]["each"]}
            change["method"] = {kind: merged}
            before = merged
