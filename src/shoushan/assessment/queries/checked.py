"""What a draft still lacks before it may be published: questions left open, what cannot be used, what is odd."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext

from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.figures import Figures, figures_for
from shoushan.assessment.queries.texts import Content, labels_of, rules_of
from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.scoring import Scheme
from shoushan.scoring.cases import Case, Difference, differences, unsettled
from shoushan.scoring.checking import findings
from shoushan.scoring.loading import read_yaml, scheme_from
from shoushan.scoring.questions import unanswered

# A basis, or a document number, that is still to come: so that everything else can be looked at meanwhile.
TO_COME = "–"
# every engine gives the same rows, and this one is at hand at once
ENGINE = "sqlite"
# Sentences of the engine that name a place of the file, in words that name the page's own.
UNUSABLE = mark("What is entered for %(rule)s cannot be used as it stands.")
HINTLESS = {mark("Look at %(place)s."), mark("Compare it with the reference of schemes.")}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that keeps a draft from its publication, and where it is mended: a rule, or a part of the scheme."""

    sentence: str
    hint: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    rule: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft's text as the engine reads it: a scheme where it can be read, the open questions, and the doubts."""

    scheme: Scheme | None
    questions: dict[str, list[str]]
    doubts: list[Doubt]

    @property
    def is_clean(self) -> bool:
        return self.scheme is not None and not self.questions and not self.doubts


def checked(draft: SchemeDraft, figures: Figures | None = None) -> Examined:
    """Everything that keeps a draft from its publication."""
    found = examined(draft.text, draft.cases)
    if found.scheme is None:
        return found
    figures = figures or figures_for(draft.year, found.scheme.facts())
    where = _where(found.scheme)
    unknown = [
        Doubt(
            mark("There is no figure “%(figure)s” to count."),
            mark("Choose another one, or have the indicator added first."),
            {"figure": name},
            rule=where.get(name, ""),
        )
        for name in sorted(found.scheme.facts())
        if not figures.knows(name)
    ]
    return Examined(found.scheme, found.questions, [*found.doubts, *unknown])


def _where(scheme: Scheme) -> dict[str, str]:
    return {name: rule.id for rule in scheme.rules for sum_ in rule.terms().values() for name in (t.fact for t in sum_)}


@lru_cache(maxsize=32)
def examined(text: str, cases: str) -> Examined:
    """The same text is examined once."""
    content: Content = read_yaml(text, "")
    doubts = list(_lacking(content))
    questions = unanswered(content)
    if questions or not content.get("rules"):
        return Examined(None, questions, doubts)
    try:
        scheme = scheme_from(filled(content), "")
    except Refusal as refusal:
        return Examined(None, questions, [*doubts, *(doubt_of(each, content) for each in several(refusal))])
    odd = [
        Doubt(each.sentence, params=dict(each.params), rule=each.place.partition(".")[0], part=each.place)
        for each in findings(scheme)
    ]
    return Examined(scheme, questions, [*doubts, *odd, *_worked(scheme, cases)])


def _lacking(content: Content) -> list[Doubt]:
    found = []
    if not content["source"]:
        found.append(Doubt(
            mark("The document number is not written yet."), mark("Give it under “Title and document”."), part="head"
        ))  # fmt: skip
    if not content.get("rules"):
        found.append(Doubt(mark("The scheme has no rule yet."), mark("Make the first one."), part="rules"))
    found += [
        Doubt(
            mark("The veto “%(veto)s” names no approval it rests on, so the scheme stays a draft."),
            mark("Give the document that approved it, its day, and until when it holds; or take the veto out."),
            {"veto": each["label"]},
            part="vetoes",
        )
        for each in content.get("vetoes", [])
        if not each.get("basis")
    ]
    found += [
        Doubt(
            mark("“%(reward)s” gives money or touches a post and names no rule it rests on."),
            mark("Give document, clause and date; or take it out."),
            {"reward": each["label"]},
            part="rewards",
        )
        for each in content.get("consequences", [])
        if each["kind"] in ("cash", "post") and not each.get("basis")
    ]
    return found


def filled(content: Content) -> Content:
    """The text with what is still to come in its places."""
    written = copy.deepcopy(content)
    written["source"] = written["source"] or TO_COME
    for veto in written.get("vetoes", []):
        veto["basis"] = veto.get("basis") or TO_COME
    for each in written.get("consequences", []):
        if each["kind"] in ("cash", "post"):
            each["basis"] = each.get("basis") or TO_COME
    return written


def several(refusal: Refusal) -> list[Refusal]:
    return refusal.refusals if isinstance(refusal, Refusals) else [refusal]


def doubt_of(refusal: Refusal, content: Content) -> Doubt:
    """A refusal of the engine in words that name no place of a file."""
    rule = next((name for name in rules_of(content) if refusal.field in (name, *_under(refusal.field, name))), "")
    if "problem" in refusal.params or refusal.code == "scheme.unknown_key":
        labels = labels_of(content)
        return Doubt(
            UNUSABLE, mark("Open it and fill it in anew."), {"rule": labels.get(rule, content["title"])}, rule=rule
        )
    hint = "" if refusal.hint in HINTLESS else refusal.hint
    return Doubt(refusal.message, hint, dict(refusal.params), rule=rule, part=refusal.field.partition(".")[0])


def _under(place: str, name: str) -> list[str]:
    return [place] if place.startswith(f"{name}.") else []


def _worked(scheme: Scheme, cases: str) -> list[Doubt]:
    """The worked cases that come out otherwise by now."""
    kept = [Case.model_validate(written) for written in (read_yaml(cases, "") if cases else None) or []]
    try:
        open_ = unsettled(scheme, kept, engine=ENGINE)
    except Refusal:
        open_ = kept
    found = []
    for case in open_:
        try:
            found += [_otherwise(case, each) for each in differences(scheme, case, engine=ENGINE)]
        except Refusal as refusal:
            found.append(Doubt(refusal.message, params=dict(refusal.params), rule=case.rule))
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A doubt in the reader's language."""

    sentence: str
    hint: str
    rule: str
    part: str


def said(doubt: Doubt, labels: dict[str, str], figures: Figures) -> Said:
    """The doubt with the names of the text in words."""
    params = {name: _word(value, labels, figures) for name, value in doubt.params.items()}
    sentence = gettext(doubt.sentence) % params if params else gettext(doubt.sentence)
    hint = (gettext(doubt.hint) % params if params else gettext(doubt.hint)) if doubt.hint else ""
    return Said(sentence, hint, doubt.rule if doubt.rule in labels else "", doubt.part)


def _word(value: Any, labels: dict[str, str], figures: Figures) -> str:
    text = str(value)
    return labels.get(text) or figures.words(text)


def _otherwise(case: Case, difference: Difference) -> Doubt:
    """A worked case that comes out otherwise than it was kept."""
    hint = mark("Mend the rule, or take the case out and work it anew.")
    if difference.what == "points" and "None" not in (difference.expected, difference.found):
        sentence = mark("The worked case “%(case)s” gives %(found)s by now, and the text says %(expected)s.")
    else:
        sentence = mark("The worked case “%(case)s” comes out otherwise by now.")
    params = {"case": case.name, "found": difference.found, "expected": difference.expected}
    return Doubt(sentence, hint, params, rule=case.rule)
