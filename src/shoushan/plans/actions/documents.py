"""From a document to confirmed goals: the reader proposes, a person decides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.petitioning import counts_people
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Document, Goal, Indicator, Passage, Year
from shoushan.reading import Commitment, read


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTerms:
    """What a person confirms about a passage, as corrected by them."""

    kind: str
    title: str
    indicator: Indicator | None = None
    compare: str = ""
    value: Decimal | None = None
    value_to: Decimal | None = None
    measure: str = ""
    basis: str = ""
    due_from: date | None = None
    due_on: date | None = None
    responsible: str = ""
    lead_unit: Unit | None = None


@transaction.atomic
def open_year(number: int, *, by: Person | None) -> Year:
    year, is_new = Year.objects.get_or_create(number=number)
    if is_new:
        ledger.record("opened", year, by=by)
    return year


@transaction.atomic
def freeze_year(year: Year, *, by: Person) -> Year:
    """No figure of the year moves from here on."""
    return _move_year(year, Year.State.FROZEN, "frozen", by=by)


@transaction.atomic
def close_year(year: Year, *, by: Person) -> Year:
    return _move_year(year, Year.State.CLOSED, "closed", by=by)


def _move_year(year: Year, state: str, verb: str, *, by: Person) -> Year:
    year = Year.objects.select_for_update().get(pk=year.pk)
    before = {"state": year.state}
    year.state = state
    year.save(update_fields=["state"])
    ledger.record(verb, year, by=by, before=before)
    return year


@transaction.atomic
def define_indicator(*, by: Person | None, **fields: Any) -> Indicator:
    """Add a row to the catalogue of indicators; none of who petitions, how often or to where."""
    _check_counts_no_people(fields["key"], str(fields["label"]), field="label")
    if fields["source"] == Indicator.Source.REPORTED:
        _check_needed(fields)
    indicator = Indicator.objects.create(**fields)
    ledger.record("defined", indicator, by=by)
    return indicator


def _check_needed(fields: Mapping[str, Any]) -> None:
    """Whoever has units type one more figure says who needs it, why no register has it, and until when."""
    missing = [name for name in ("needed_by", "why_reported", "asked_until") if not fields.get(name)]
    if missing:
        raise Refusal(
            "indicator.burden",
            mark("“%(indicator)s” would be typed by people every month, and it is not said what for."),
            hint=mark("Say who needs it, why no register has it, and until when it is asked."),
            params={"indicator": str(fields["label"])},
            field=missing[0],
        )


@transaction.atomic
def add_document(
    year: Year, *, title: str, text: str, delivered_on: date | None, kind: str = "speech", by: Person
) -> Document:
    """Keep a document as received and let the reader propose what it commits to."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = Document.objects.filter(year=year, sha256=digest).first()
    if known is not None:
        raise Refusal(
            "document.known",
            mark("This text is already here as “%(title)s”."),
            hint=mark("Open that document and go on there."),
            params={"title": known.title},
            field="text",
        )
    document = Document.objects.create(
        year=year,
        kind=kind,
        title=title,
        delivered_on=delivered_on,
        text=text,
        sha256=digest,
        added_by=by,
        added_at=moment.current().at,
    )
    ledger.record("added", document, by=by)
    for commitment in read(text, delivered=delivered_on, year=year.number):
        _propose(document, commitment, by=by)
    return document


def _propose(document: Document, found: Commitment, *, by: Person) -> Passage:
    passage = Passage.objects.create(
        document=document,
        start=min(found.passage[0], found.at[0]),
        end=max(found.passage[1], found.at[1]),
        words_start=found.at[0],
        words_end=found.at[1],
        section=found.section[:200],
        kind=found.kind,
        proposal=found.as_json(),
        why=found.why,
    )
    ledger.record("proposed", passage, by=by)
    return passage


@transaction.atomic
def add_passage(document: Document, start: int, end: int, *, kind: str, by: Person) -> Passage:
    """A person points at words that the reader has missed."""
    if not 0 <= start < end <= len(document.text):
        raise Refusal(
            "passage.outside",
            mark("These words are not in the document."),
            hint=mark("Select words inside the text."),
        )
    before, after = document.text.rfind("\n", 0, start) + 1, document.text.find("\n", end)
    stops = [document.text.rfind(stop, before, start) + 1 for stop in "。；！？"]
    ends = [place + 1 for stop in "。；！？" if (place := document.text.find(stop, end)) >= 0]
    passage = Passage.objects.create(
        document=document,
        start=max([before, *stops]),
        end=min([after if after >= 0 else len(document.text), *ends]),
        words_start=start,
        words_end=end,
        kind=kind,
        why="person",
    )
    ledger.record("pointed out", passage, by=by)
    return passage


@transaction.atomic
def confirm(passage: Passage, terms: GoalTerms, *, by: Person) -> Goal:
    """A person confirms what a passage commits to; from here on it is a goal."""
    passage = _undecided(passage)
    if terms.kind == Goal.Kind.TARGET and terms.value is None:
        raise Refusal(
            "goal.value",
            mark("A target needs a value."),
            hint=mark("Type the value, or confirm it as a dated task."),
            field="value",
        )
    if terms.kind == Goal.Kind.TARGET or terms.indicator is not None:
        _check_counts_no_people(terms.title, field="title")
    if terms.indicator is not None:
        _check_counts_no_people(terms.indicator.key, terms.indicator.label, field="indicator")
    _decide(passage, Passage.Decision.CONFIRMED, by=by)
    goal = Goal.objects.create(
        year=passage.document.year,
        passage=passage,
        order=passage.words_start,
        **{name: getattr(terms, name) for name in asdict(terms)},
    )
    ledger.record("confirmed", goal, by=by)
    return goal


def _check_counts_no_people(*texts: str, field: str) -> None:
    """信访工作条例 39: a speech may wish for no petitions in the capital; it stays its words, and measures nobody."""
    if counts_people(*texts):
        raise Refusal(
            "goal.counts_people",
            mark("This measures units by how many people petition, how often or to where; not allowed."),
            hint=mark("Use “answered in time”; what the document says stays its words: drop the passage as a goal."),
            field=field,
        )


@transaction.atomic
def drop(passage: Passage, *, reason: str = "", by: Person) -> Passage:
    """A person decides that a passage commits to nothing here."""
    return _decide(_undecided(passage), Passage.Decision.DROPPED, reason=reason, by=by)


@transaction.atomic
def reconsider(passage: Passage, *, by: Person) -> Passage:
    """Take back a dropping; a confirmed goal stays."""
    passage = Passage.objects.select_for_update().get(pk=passage.pk)
    if passage.decision == Passage.Decision.CONFIRMED:
        raise _decided_already()
    return _decide(passage, Passage.Decision.OPEN, by=by)


def _undecided(passage: Passage) -> Passage:
    passage = Passage.objects.select_for_update().select_related("document__year").get(pk=passage.pk)
    if passage.decision != Passage.Decision.OPEN:
        raise _decided_already()
    return passage


def _decided_already() -> Refusal:
    return Refusal(
        "passage.decided",
        mark("Somebody has decided on this passage already."),
        hint=mark("Reload the page to see the decision."),
    )


def _decide(passage: Passage, decision: str, *, by: Person, reason: str = "") -> Passage:
    before = {"decision": passage.decision, "decided_by": passage.decided_by_id}
    passage.decision = decision
    is_open = decision == Passage.Decision.OPEN
    passage.decided_by = None if is_open else by
    passage.decided_at = None if is_open else moment.current().at
    passage.save(update_fields=["decision", "decided_by", "decided_at"])
    ledger.record(decision, passage, by=by, before=before, reason=reason)
    return passage
