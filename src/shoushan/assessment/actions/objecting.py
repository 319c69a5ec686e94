"""A unit objects to a score line, asks for a late objection to be let in, and appeals once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from shoushan.assessment.models import Objection, ScoreLine
from shoushan.assessment.norms import norms
from shoushan.assessment.queries.public import last_day, standing_run, unchanged
from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year


@transaction.atomic
def object_to(line: ScoreLine, claim: str, *, late_because: str = "", at: datetime, by: Person) -> Objection:
    """Say what is wrong with a line; after its window, only with a cause and if the assessment office lets it in."""
    line = ScoreLine.objects.select_related("score__unit", "score__assessment__snapshot__year").get(pk=line.pk)
    # one at a time, so that no objection slips in beside a publication
    Year.objects.select_for_update().get(pk=line.score.assessment.snapshot.year_id)
    _check_may_object(line)
    check_says_something(claim, "claim")
    on, because = timezone.localdate(at), late_because.strip()
    is_late = _is_late(line, because, on)
    objection = Objection.objects.create(
        line=line,
        unit=line.score.unit,
        state=Objection.State.LATE if is_late else Objection.State.RAISED,
        claim=claim.strip(),
        late_because=because if is_late else "",
        raised_by=by,
        raised_at=at,
        answer_until=_answer_until(on),
    )
    ledger.record("objected", objection, by=by)
    return objection


def _answer_until(on: date) -> date:
    return workdays.after(on, norms(on).answer_days, working=True)


def _check_may_object(line: ScoreLine) -> None:
    run = line.score.assessment
    standing = standing_run(run.snapshot.year)
    if standing != run:
        raise Refusal(
            "objection.not_announced",
            mark("This run is not the one that is announced."),
            hint=mark(
                "Object to the line in the announced run; before that, tell the assessment office what is wrong."
            ),
        )
    if run.published_at is not None:
        raise Refusal(
            "objection.final",
            mark("The result is final since %(day)s."),
            hint=mark("What is found wrong afterwards goes to the district head, with its cause."),
            params={"day": timezone.localdate(run.published_at)},
        )
    before = Objection.objects.filter(line__in=unchanged(line)).first()
    if before is not None:
        raise Refusal(
            "objection.twice",
            mark("Objection %(number)s is about this line already."),
            hint=mark("Its answer can be appealed once, on its own page."),
            params={"number": before.pk},
        )


def check_says_something(words: str, field: str) -> None:
    """An objection, a decision and an answer each say something."""
    if not words.strip():
        raise Refusal(
            "objection.words",
            mark("Nothing is said."),
            hint=mark("Say in a few sentences what is wrong or why."),
            field=field,
        )


def _is_late(line: ScoreLine, because: str, on: date) -> bool:
    until = last_day(line)
    is_late = until is None or on > until
    if is_late and not because:
        raise Refusal(
            "objection.closed",
            mark("The window closed on %(day)s."),
            hint=mark("With a stated cause, ask the assessment office to let it in."),
            params={"day": until},
            field="late_because",
        )
    return is_late


@transaction.atomic
def admit(objection: Objection, *, admitted: bool, reason: str, at: datetime, by: Person) -> Objection:
    """Let a late objection in, or not, for a reason; once in, it is answered like any other."""
    objection = held(objection, Objection.State.LATE)
    check_says_something(reason, "reason")
    state = Objection.State.RAISED if admitted else Objection.State.NOT_ADMITTED
    new = {
        "state": state,
        "admitted_by": by,
        "admission": reason.strip(),
        "answer_until": _answer_until(timezone.localdate(at)),
    }
    ledger.change("admitted" if admitted else "not admitted", objection, new, by=by, reason=reason.strip())
    return objection


@transaction.atomic
def appeal(objection: Objection, words: str, *, at: datetime, by: Person) -> Objection:
    """Ask once for a second answer, by somebody else again."""
    on = timezone.localdate(at)
    objection = held(objection, Objection.State.REFUSED)
    if objection.appealed_at is not None:
        raise Refusal(
            "objection.appealed",
            mark("This was appealed once, and the second answer stands."),
            hint=mark("It ends here; the answers stay readable for everybody who may see the objection."),
        )
    if objection.appeal_until is None or on > objection.appeal_until:
        raise Refusal(
            "objection.appeal_closed",
            mark("The answer could be appealed until %(day)s."),
            hint=mark("It stands as it is."),
            params={"day": objection.appeal_until},
        )
    check_says_something(words, "appeal")
    new = {
        "state": Objection.State.APPEALED,
        "appeal": words.strip(),
        "appealed_by": by,
        "appealed_at": at,
        "answer_until": _answer_until(on),
    }
    ledger.change("appealed", objection, new, by=by)
    return objection


def held(objection: Objection, *states: str) -> Objection:
    """The objection, locked, in one of the states."""
    found = Objection.objects.select_for_update(of=("self",)).with_line().get(pk=objection.pk)
    if found.state not in states:
        raise Refusal(
            "objection.state",
            mark("It is “%(state)s” by now."),
            hint=mark("Somebody acted on it meanwhile; reload the page."),
            params={"state": found.get_state_display()},
        )
    return found
