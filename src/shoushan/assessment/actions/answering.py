"""Answering an objection in writing: the line stays, or a figure is corrected and the year is run anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shoushan.assessment.actions.freezing import keep
from shoushan.assessment.actions.objecting import check_says_something, held
from shoushan.assessment.actions.publishing import announce
from shoushan.assessment.actions.running import keep_run
from shoushan.assessment.models import Answer, Assessment, Objection, Snapshot
from shoushan.assessment.norms import norms
from shoushan.assessment.queries.effects import Correction, corrected, facts_in, newest, scheme_of, scored
from shoushan.assessment.queries.public import standing_run
from shoushan.assessment.queries.scorers import may_not_answer
from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.notices import actions as notices
from shoushan.orgs.models import Person
from shoushan.plans.models import Year
from shoushan.scoring import Facts
from shoushan.scoring.facts import as_text


@transaction.atomic
def refuse(objection: Objection, words: str, *, at: datetime, by: Person) -> Answer:
    """The line stays, for reasons in writing; the first answer may be appealed once."""
    objection = held(objection, *Objection.TO_ANSWER)
    check_may_answer(objection, by)
    answer = _answered(objection, words, at=at, by=by)
    on, new = timezone.localdate(at), {"state": Objection.State.REFUSED}
    until = workdays.after(on, norms(on).appeal_days, working=True) if objection.appealed_at is None else None
    ledger.change("line stays", objection, {**new, "appeal_until": until}, by=by)
    return answer


@transaction.atomic
def accept(
    objection: Objection, words: str, correction: Correction, *, tried_on: int, at: datetime, by: Person
) -> Answer:
    """Correct a figure and run the year anew, with a number of its own; what stood before stays.

    ``tried_on`` is the number of the snapshot on which the answerer saw the effect: where another correction came in
    between, they look again.
    """
    year = Year.objects.select_for_update().get(pk=objection.line.score.assessment.snapshot.year_id)
    objection = held(objection, *Objection.TO_ANSWER)
    check_may_answer(objection, by)
    base, standing = newest(objection.line.score.assessment), _standing(year)
    if base.number != tried_on:
        raise Refusal(
            "objection.effect_changed",
            mark("Another correction came in since you saw the effect."),
            hint=mark("Look at the effect once more, then decide."),
        )
    snapshot = _corrected(base, objection, correction, at=at, by=by)
    result, scheme = scored(standing, facts_in(snapshot)), scheme_of(standing).scheme
    run = announce(keep_run(snapshot, result, scheme, at=at, by=by), at=at, by=by)
    answer = _answered(objection, words, run=run, at=at, by=by)
    ledger.change("accepted", objection, {"state": Objection.State.ACCEPTED}, by=by)
    return answer


def check_may_answer(objection: Objection, by: Person) -> None:
    """Not who scored the line, not the unit's own people, and an appeal by yet another person."""
    hands = may_not_answer(objection)
    if by.pk in {person.pk for person in hands} or by.name in {person.name for person in hands}:
        raise Refusal(
            "objection.scorer",
            mark("You entered, verified, froze or ran this figure, or have spoken on it already."),
            hint=mark("Somebody answers who had no hand in it: a colleague, or the supervision office."),
        )
    if any(post.unit.path.startswith(objection.unit.path) for post in by.posts_held()):
        raise Refusal(
            "objection.own_unit",
            mark("You belong to the unit that objects."),
            hint=mark("Somebody answers who does not."),
        )


def _standing(year: Year) -> Assessment:
    found = standing_run(year)
    assert found is not None  # noqa: S101 - nobody objects to what was not announced
    return found


def _corrected(base: Snapshot, objection: Objection, correction: Correction, *, at: datetime, by: Person) -> Snapshot:
    """The snapshot after the one that was seen, with one fact as it should be and the cause beside it."""
    before = facts_in(base)
    facts = corrected(before, correction)
    snapshot = Snapshot.objects.create(
        year=base.year,
        number=base.number + 1,
        sha256=keep(facts),
        rows=base.rows,
        frozen_at=at,
        frozen_by=by,
        cause=objection.claim[:500],
        corrected=[
            {
                "objection": objection.pk,
                "unit": correction.unit,
                "fact": correction.fact,
                "before": _written(before, correction),
                "after": _written(facts, correction),
            }
        ],
    )
    ledger.record("corrected", snapshot, by=by, reason=snapshot.cause)
    return snapshot


def _written(facts: Facts, correction: Correction) -> str:
    value = facts.get(correction.unit, correction.fact)
    return "" if value is None else as_text(value)


def _answered(objection: Objection, words: str, *, run: Assessment | None = None, at: datetime, by: Person) -> Answer:
    check_says_something(words, "words")
    answer = Answer.objects.create(
        objection=objection,
        round=objection.round,
        is_accepted=run is not None,
        words=words.strip(),
        answered_by=by,
        answered_at=at,
        run=run,
    )
    ledger.record("answered", answer, by=by)
    notices.queue(
        key=f"assessment.objection:{objection.pk}:answered:{answer.round}",
        to=objection.unit,
        subject=mark("Objection %(number)s is answered"),
        body=mark("The answer is on its page."),
        params={"number": objection.pk},
        url=objection.get_absolute_url(),
        at=at,
    )
    return answer
