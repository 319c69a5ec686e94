"""A verifier's decisions: accept, or send back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Verification
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.returns.clocks import check_running
from shoushan.returns.models import Draw, Value


@transaction.atomic
def accept(value: Value, *, version: int | None = None, at: datetime, by: Person) -> Value:
    """Accept a submitted figure; whoever entered it cannot."""
    return _decide(value, Verification.Decision.ACCEPTED, "", version=version, at=at, by=by)


@transaction.atomic
def send_back(value: Value, *, reason: str, version: int | None = None, at: datetime, by: Person) -> Value:
    """Send a figure back with a reason; it stops counting until it is corrected."""
    return _decide(value, Verification.Decision.RETURNED, reason, version=version, at=at, by=by)


@transaction.atomic
def accept_by_sample(value: Value, draw: Draw, *, version: int, at: datetime, by: Person) -> Value:
    """Accept a figure because a sample of its like was right; nobody looked at it, and that stays to be seen."""
    check_running(value.entry.period.year)
    _check_waiting(value, Value.State.ACCEPTED, version)
    evidence.check_second_person(value.entered_by, by)
    new = {"state": Value.State.ACCEPTED, "decided_by": by, "decided_at": at, "by_sample": draw}
    ledger.change("accepted by sample", value, new, by=by)
    return value


def _decide(value: Value, decision: str, reason: str, *, version: int | None, at: datetime, by: Person) -> Value:
    value = (
        Value.objects.select_for_update(of=("self",))
        .select_related("entered_by", "decided_by", "indicator", "entry__period__year")
        .get(pk=value.pk)
    )
    check_running(value.entry.period.year)
    _check_waiting(value, decision, version)
    evidence.decide(value, decision, reason=reason, claimed_by=value.entered_by, by=by)
    accepted = decision == Verification.Decision.ACCEPTED
    changed = {
        "state": Value.State.ACCEPTED if accepted else Value.State.RETURNED,
        "decided_by": by,
        "decided_at": at,
        "reason": reason.strip(),
        "by_sample": None,
    }
    ledger.change(decision, value, changed, by=by, reason=reason.strip())
    return value


def _check_waiting(value: Value, decision: str, version: int | None) -> None:
    """Refuse what somebody changed or decided meanwhile; who, and what it says now."""
    if version is not None and value.version != version:
        raise Refusal(
            "verify.changed",
            mark(
                "%(name)s changed “%(indicator)s” on %(at)s, so what you read is no longer what stands there: %(now)s."
            ),
            hint=mark("Look at the figure as it stands now, and decide again."),
            params={
                "name": value.entered_by.name,
                "indicator": value.indicator.label,
                "at": value.entered_at,
                "now": value.no_data if value.amount is None else value.amount,
            },
        )
    open_to = {Value.State.SUBMITTED}
    if decision == Verification.Decision.RETURNED:
        open_to.add(Value.State.ACCEPTED)
    if value.state in open_to:
        return
    if value.decided_by is not None and value.decided_at is not None:
        raise Refusal(
            "verify.decided",
            mark("%(name)s decided on “%(indicator)s” on %(at)s: %(state)s."),
            hint=mark("Nothing is left to do here; go on to the next one."),
            params={
                "name": value.decided_by.name,
                "indicator": value.indicator.label,
                "at": value.decided_at,
                "state": value.state_words(),
            },
        )
    raise Refusal(
        "value.not_waiting",
        mark("“%(indicator)s” does not wait for verification."),
        hint=mark("It is being corrected, or has not been submitted yet."),
        params={"indicator": value.indicator.label},
    )
