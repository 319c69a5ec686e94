"""Writing a scheme: begun, its head, its rules, sections, grades, vetoes and rewards, its answers and worked cases.

Each changes the two files the engine reads, one step at a time, in the version the writer had before them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.schemes import Published, all_schemes
from shoushan.assessment.queries.texts import Content, Texts, cases_of, content_of, copied, empty, rules_of
from shoushan.assessment.queries.trying import check_rule
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.scoring.dumping import as_yaml
from shoushan.scoring.loading import LARGEST_FILE
from shoushan.scoring.questions import IN_THE_RULE

# the parts of a scheme that are written as a whole
PARTS = {
    "sections": "sections written",
    "grades": "grades written",
    "vetoes": "vetoes written",
    "consequences": "rewards written",
}


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes when, and on which version of the draft."""

    version: int
    at: datetime
    by: Person


@transaction.atomic
def start_draft(year: int, title: str, *, copy: Published | None = None, at: datetime, by: Person) -> SchemeDraft:
    """Begin a scheme for a year that has not begun, empty or as a copy of a published one."""
    if timezone.localdate(at) >= date(year, 1, 1):
        raise Refusal(
            "scheme.year_begun",
            mark("%(year)s has begun, and a scheme counts forward only."),
            hint=mark("Choose a year that has not begun."),
            params={"year": str(year)},
            field="year",
        )
    key = _new_key(year)
    texts = empty(year, key, title) if copy is None else copied(copy, year, key, title)
    draft = SchemeDraft.objects.create(
        year=year,
        key=key,
        title=title,
        text=texts.scheme,
        cases=texts.cases,
        copied_from="" if copy is None else copy.scheme.title,
        changed_by=by,
        changed_at=at,
    )
    ledger.record("started", draft, by=by)
    return draft


def _new_key(year: int) -> str:
    taken = {each.scheme.key for each in all_schemes()} | set(SchemeDraft.objects.values_list("key", flat=True))
    return next(key for number in range(1, 10_000) if (key := f"{year}-{number}") not in taken)


def rewrite(draft: SchemeDraft, change: Callable[[Content], None], *, verb: str, as_: Writing) -> SchemeDraft:
    """Change the text of a draft; ``change`` is given what scheme.yaml says."""

    def changed(texts: SchemeDraft) -> Texts:
        content = content_of(texts)
        change(content)
        return Texts(as_yaml(content), texts.cases)

    return _kept(draft, changed, verb=verb, as_=as_)


@transaction.atomic
def _kept(draft: SchemeDraft, change: Callable[[SchemeDraft], Texts], *, verb: str, as_: Writing) -> SchemeDraft:
    draft = held(draft, *SchemeDraft.BEING_WRITTEN)
    if draft.version != as_.version:
        raise Refusal(
            "form.stale",
            mark("%(name)s changed this scheme while you wrote; saving would erase it."),
            hint=mark("Open the page anew, compare, and enter yours once more."),
            params={"name": draft.changed_by.name},
        )
    texts = change(draft)
    if len(texts.scheme) > LARGEST_FILE or len(texts.cases) > LARGEST_FILE:
        raise Refusal(
            "scheme.draft_too_large",
            mark("The scheme has grown larger than any that can be read."),
            hint=mark("Take out rules or worked cases that are not needed."),
        )
    content = content_of(replaced(draft, texts))
    new = {
        "text": texts.scheme,
        "cases": texts.cases,
        "title": content["title"],
        "source": content["source"],
        "version": draft.version + 1,
        "changed_by": as_.by,
        "changed_at": as_.at,
    }
    ledger.change(verb, draft, new, by=as_.by)
    return draft


def replaced(draft: SchemeDraft, texts: Texts) -> SchemeDraft:
    """The draft as it would be with other texts; nothing of it is kept."""
    return SchemeDraft(key=draft.key, year=draft.year, text=texts.scheme, cases=texts.cases)


def held(draft: SchemeDraft, *states: str) -> SchemeDraft:
    """The draft, locked, in one of the states."""
    found = SchemeDraft.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=draft.pk)
    if found.state not in states:
        raise Refusal(
            "scheme.state",
            mark("This scheme is “%(state)s” by now, so this cannot be done with it."),
            hint=mark("Open its page anew; a published scheme is changed by a new one."),
            params={"state": found.get_state_display()},
        )
    return found


def set_head(draft: SchemeDraft, *, title: str, source: str, as_: Writing) -> SchemeDraft:
    """Its title and the number of its document."""
    return rewrite(draft, lambda text: text.update(title=title, source=source), verb="head written", as_=as_)


def put_rule(draft: SchemeDraft, rule: Content, *, as_: Writing, names: dict[str, str] | None = None) -> SchemeDraft:
    """Write one rule, in the place of the one of its name; refused where the engine could not use it."""

    def change(text: Content) -> None:
        known = rules_of(text)
        if names:
            text["names"] = {**text.get("names", {}), **names}
        check_rule(text, rule)
        text["rules"] = (
            [rule if each["id"] == rule["id"] else each for each in text["rules"]]
            if rule["id"] in known
            else [*text["rules"], rule]
        )

    return rewrite(draft, change, verb="rule written", as_=as_)


def drop_rule(draft: SchemeDraft, name: str, *, as_: Writing) -> SchemeDraft:
    """Take a rule out, with its worked cases and whatever rests on it."""

    def change(texts: SchemeDraft) -> Texts:
        text = content_of(texts)
        text["rules"] = [each for each in text["rules"] if each["id"] != name]
        for part in ("vetoes", "consequences"):
            if part in text:
                text[part] = [each for each in text[part] if each.get("rule") != name]
        for answers in (text, text.get("choices", {})):
            if answers.get("tie_break"):
                answers["tie_break"] = [each for each in answers["tie_break"] if each.get("rule") != name]
            if answers.get("falsity") == name:
                del answers["falsity"]
        cases = [each for each in cases_of(texts) if each.get("rule") != name]
        return Texts(as_yaml(text), as_yaml(cases) if cases else "")

    return _kept(draft, change, verb="rule taken out", as_=as_)


def put_part(draft: SchemeDraft, part: str, written: Any, *, as_: Writing) -> SchemeDraft:
    """Write sections, grades, vetoes or rewards as a whole; nothing where there are none."""

    def change(text: Content) -> None:
        text.pop(part, None)
        if written:
            text[part] = written
        if part == "sections":
            known = {each["id"] for each in written}
            for rule in text["rules"]:
                if rule.get("section") not in known:
                    rule.pop("section", None)

    return rewrite(draft, change, verb=PARTS[part], as_=as_)


def answer_question(draft: SchemeDraft, question: str, answer: Any, *, as_: Writing) -> SchemeDraft:
    """Answer an open question once for the whole scheme; what is asked of one rule alone is answered in the rule."""
    if question in IN_THE_RULE:
        raise Refusal(
            "scheme.ask_in_rule",
            mark("This means something else in every rule, so it is answered in each."),
            hint=mark("Open the rule and answer there."),
        )

    def change(text: Content) -> None:
        # a copied text may answer it in its own place
        text.pop(question, None)
        text["choices"] = {**text.get("choices", {}), question: answer}

    return rewrite(draft, change, verb="question answered", as_=as_)


def keep_case(draft: SchemeDraft, case: Content, *, as_: Writing) -> SchemeDraft:
    """Keep a worked case beside its rule."""

    def change(texts: SchemeDraft) -> Texts:
        others = [each for each in cases_of(texts) if (each.get("rule"), each["name"]) != (case["rule"], case["name"])]
        return Texts(texts.text, as_yaml([*others, case]))

    return _kept(draft, change, verb="worked case kept", as_=as_)


def drop_case(draft: SchemeDraft, rule: str, name: str, *, as_: Writing) -> SchemeDraft:
    """Take a worked case out."""

    def change(texts: SchemeDraft) -> Texts:
        kept = [each for each in cases_of(texts) if (each.get("rule", ""), each["name"]) != (rule, name)]
        return Texts(texts.text, as_yaml(kept) if kept else "")

    return _kept(draft, change, verb="worked case taken out", as_=as_)
