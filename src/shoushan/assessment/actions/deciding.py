"""What follows from a result: people take a proposal over, change it, or drop it, each for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shoushan.assessment.models import NEEDS_BASIS, Consequence
from shoushan.assessment.queries.public import open_objection
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person

VERBS: dict[str, str] = {
    Consequence.State.ADOPTED: "adopted",
    Consequence.State.CHANGED: "adopted with changes",
    Consequence.State.DROPPED: "not taken up",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on one proposal; kind, words and basis only where it is changed."""

    state: str
    reason: str
    kind: str = ""
    words: str = ""
    basis: str = ""


@transaction.atomic
def decide(proposal: Consequence, decision: Decision, *, at: datetime, by: Person) -> Consequence:
    """Decide on one proposal of the scheme, once the result is final and nothing on the score is open."""
    related = ("score__unit", "score__assessment__snapshot__year")
    found = Consequence.objects.select_for_update(of=("self",)).select_related(*related).get(pk=proposal.pk)
    _check_is_final(found)
    if found.state != Consequence.State.PROPOSED:
        raise Refusal(
            "consequence.decided",
            mark("People have decided on this proposal already."),
            hint=mark("Reload the page to see the decision."),
        )
    if not decision.reason.strip():
        raise Refusal(
            "consequence.reason",
            mark("A decision needs a reason."),
            hint=mark("Say in a sentence why."),
            field="reason",
        )
    new = _decided(found, decision)
    ledger.change(
        VERBS[decision.state], found, {**new, "decided_by": by, "decided_at": at}, by=by, reason=new["reason"]
    )
    return found


def _check_is_final(found: Consequence) -> None:
    run, unit = found.score.assessment, found.score.unit
    if objection := open_objection(run.snapshot.year, unit):
        raise Refusal(
            "consequence.open_objection",
            mark("Objection %(number)s on this score is open."),
            hint=mark("Answer it first."),
            params={"number": objection.pk},
        )
    if run.published_at is None:
        raise Refusal(
            "consequence.not_final",
            mark("The result is not final, so nothing follows from it yet."),
            hint=mark("Publish the result first."),
        )


def _decided(found: Consequence, decision: Decision) -> dict[str, str]:
    """The new fields of the row: as proposed, as changed, or none where it is dropped."""
    new = {"state": decision.state, "reason": decision.reason.strip(), "basis": found.basis}
    if decision.state == Consequence.State.DROPPED:
        return new
    kind, words = found.kind, found.words
    if decision.state == Consequence.State.CHANGED:
        kind, words = decision.kind, decision.words.strip()
        new["basis"] = decision.basis.strip() or found.basis
    if not words:
        raise Refusal(
            "consequence.words",
            mark("A changed decision says what is done instead."),
            hint=mark("Write it, or take over what is proposed."),
            field="words",
        )
    if kind in NEEDS_BASIS and not new["basis"]:
        raise Refusal(
            "consequence.no_basis",
            mark("Money and posts need the rule they rest on."),
            hint=mark("Name document, clause and date, or choose commendation, a talk or help."),
            field="basis",
        )
    return {**new, "decided_kind": kind, "decided_words": words}
