"""A draft on its way: units are asked about it, the office answers, it is published before its year, or withdrawn."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from shoushan.assessment.actions.drafting import held
from shoushan.assessment.actions.objecting import check_says_something
from shoushan.assessment.actions.publishing import ledger_now
from shoushan.assessment.models import SchemeComment, SchemeDraft
from shoushan.assessment.queries.checked import checked
from shoushan.assessment.queries.schemes import files_of
from shoushan.assessment.queries.texts import content_of, rules_of
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.notices import actions as notices
from shoushan.orgs.models import Person, Post, Unit
from shoushan.scoring.dumping import as_yaml

State = SchemeDraft.State


@transaction.atomic
def consult(draft: SchemeDraft, until: date, *, at: datetime, by: Person) -> SchemeDraft:
    """Ask the units about a draft until a day, or anew until another; only about one that could be published."""
    draft, on = held(draft, *SchemeDraft.BEING_WRITTEN), timezone.localdate(at)
    _check_is_clean(draft)
    if not on < until < date(draft.year, 1, 1):
        raise Refusal(
            "scheme.window",
            mark("Units are asked until a day after today and before %(year)s begins."),
            hint=mark("Choose such a day; the scheme is published after it."),
            params={"year": str(draft.year)},
            field="until",
        )
    ledger.change("units asked", draft, {"state": State.CONSULTING, "asked_from": on, "asked_until": until}, by=by)
    for unit in Unit.objects.existing(on=on).exclude(kind=Unit.Kind.DISTRICT):
        notices.queue(
            key=f"assessment.scheme:{draft.pk}:asked:{unit.pk}:{on}:{until}",
            to=unit,
            subject=mark("You are asked about the scheme of %(year)s, until %(day)s"),
            body=mark("Read its rules, and say what should be otherwise. Every comment is answered in writing."),
            params={"year": str(draft.year), "day": until},
            url=draft.get_absolute_url(),
            at=at,
        )
    return draft


@transaction.atomic
def comment(draft: SchemeDraft, words: str, *, rule: str = "", at: datetime, by: Person) -> SchemeComment:
    """A unit says something about one rule, or about the whole, while it is asked."""
    draft, on = held(draft, State.CONSULTING), timezone.localdate(at)
    units = by.units_as(Post.Role.HEAD, Post.Role.REPORTER)
    if not units:
        raise Refusal(
            "scheme.no_unit",
            mark("You speak for no unit, and units are asked."),
            hint=mark("Ask the head or the reporter of a unit to say it."),
        )
    if draft.asked_until is None or on > draft.asked_until:
        raise Refusal(
            "scheme.window_closed",
            mark("Units were asked until %(day)s."),
            hint=mark("Tell the assessment office directly; it may ask the units anew."),
            params={"day": draft.asked_until},
        )
    check_says_something(words, "words")
    rules = rules_of(content_of(draft))
    if rule and rule not in rules:
        raise Refusal(
            "scheme.no_rule",
            mark("This rule was taken out meanwhile."),
            hint=mark("Comment on the scheme as a whole."),
            field="words",
        )
    made = SchemeComment.objects.create(
        draft=draft,
        rule=rule,
        label=rules[rule]["label"] if rule else "",
        unit=units[0],
        words=words.strip(),
        said_by=by,
        said_at=at,
    )
    ledger.record("commented", made, by=by)
    return made


@transaction.atomic
def answer_comment(comment: SchemeComment, words: str, *, at: datetime, by: Person) -> SchemeComment:
    """What the office answers, in writing; it may be said anew until the scheme is published."""
    draft = held(comment.draft, State.CONSULTING)
    found = SchemeComment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=comment.pk)
    check_says_something(words, "words")
    ledger.change("answered", found, {"answer": words.strip(), "answered_by": by, "answered_at": at}, by=by)
    notices.queue(
        key=f"assessment.scheme:{draft.pk}:answered:{found.pk}:{at.timestamp():.0f}",
        to=found.unit,
        subject=mark("Your comment on the scheme of %(year)s is answered"),
        body=mark("The answer stands beside it."),
        params={"year": str(draft.year)},
        url=draft.get_absolute_url(),
        at=at,
    )
    return found


@transaction.atomic
def publish_scheme(draft: SchemeDraft, *, at: datetime, by: Person) -> SchemeDraft:
    """From now on it is the scheme of its year: its file, its hash, and how far the ledger went before."""
    draft, on = held(draft, State.CONSULTING), timezone.localdate(at)
    if on >= date(draft.year, 1, 1):
        raise Refusal(
            "scheme.year_begun",
            mark("%(year)s has begun, and a scheme counts forward only."),
            hint=mark("Withdraw it, and start one for a year that has not begun as its copy."),
            params={"year": str(draft.year)},
        )
    if draft.asked_until is None or on <= draft.asked_until:
        raise Refusal(
            "scheme.window_open",
            mark("Units may comment until %(day)s."),
            hint=mark("Publish on the day after."),
            params={"day": draft.asked_until},
        )
    if waiting := draft.comments.filter(answer="").count():
        raise Refusal(
            "scheme.unanswered",
            mark("Comments without an answer: %(count)s."),
            hint=mark("Answer each in writing first."),
            params={"count": waiting},
        )
    _check_is_clean(draft)
    content = content_of(draft)
    content["published"] = on
    draft.text = as_yaml(content)
    draft.sha256 = hashlib.sha256(draft.text.encode()).hexdigest()
    files_of(draft)
    text, sha256 = draft.text, draft.sha256
    draft.refresh_from_db()
    new = {"text": text, "sha256": sha256, "state": State.PUBLISHED, "published_at": at, **ledger_now()}
    ledger.change("published", draft, {**new, "version": draft.version + 1}, by=by)
    return draft


@transaction.atomic
def withdraw(draft: SchemeDraft, reason: str, *, at: datetime, by: Person) -> SchemeDraft:
    """Give a draft up, for a reason; what units said stays with it."""
    draft = held(draft, *SchemeDraft.BEING_WRITTEN)
    check_says_something(reason, "reason")
    new = {"state": State.WITHDRAWN, "changed_by": by, "changed_at": at}
    ledger.change("withdrawn", draft, new, by=by, reason=reason.strip())
    return draft


def _check_is_clean(draft: SchemeDraft) -> None:
    found = checked(draft)
    if not found.is_clean:
        raise Refusal(
            "scheme.not_clean",
            mark("Open questions: %(questions)s; things to mend: %(doubts)s."),
            hint=mark("Each stands on this page, with the way to it."),
            params={"questions": len(found.questions), "doubts": len(found.doubts)},
        )
