"""A verifier's decisions: accept, or send back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Verification
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year
from shoushan.returns.models import Value


@transaction.atomic
def accept(value: Value, *, version: int | None = None, at: datetime, by: Person) -> Value:
    """Accept a submitted figure; whoever entered it cannot."""
    return _decide(value, Verification.Decision.ACCEPTED, "", version=version, at=at, by=by)


@transaction.atomic
def send_back(value: Value, *, reason: str, version: int | None = None, at: datetime, by: Person) -> Value:
    """Send a figure back with a reason; it stops counting until it is corrected."""
    return _decide(value, Verification.Decision.RETURNED, reason, version=version, at=at, by=by)


def _decide(value: Value, decision: str, reason: str, *, version: int | None, at: datetime, by: Person) -> Value:
    value = (
        Value.objects.select_for_update(of=("self",))
        .select_related("entered_by", "entry__period__year")
        .get(pk=value.pk)
    )
    _check_waiting(value, decision, version)
    evidence.decide(value, decision, reason=reason, claimed_by=value.entered_by, by=by)
    accepted = decision == Verification.Decision.ACCEPTED
    before = {name: value.ledgered_values()[name] for name in ("state", "decided_by", "decided_at", "reason")}
    value.state = Value.State.ACCEPTED if accepted else Value.State.RETURNED
    value.decided_by, value.decided_at, value.reason = by, at, reason.strip()
    value.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    ledger.record(decision, value, by=by, before=before, reason=reason.strip())
    return value


def _check_waiting(value: Value, decision: str, version: int | None) -> None:
    if value.entry.period.year.state != Year.State.RUNNING:
        raise Refusal(
            "return.frozen",
            mark("%(year)s is frozen for the assessment, so its figures stay as they are."),
            hint=mark("Say what is wrong in an objection to the score."),
            params={"year": value.entry.period.year.number},
        )
    if version is not None and value.version != version:
        raise Refusal(
            "form.stale",
            mark("Somebody changed this while you wrote; saving would erase it."),
            hint=mark("Compare with what stands there now, and choose."),
        )
    open_to = {Value.State.SUBMITTED}
    if decision == Verification.Decision.RETURNED:
        open_to.add(Value.State.ACCEPTED)
    if value.state not in open_to:
        raise Refusal(
            "value.not_waiting",
            mark("“%(indicator)s” does not wait for verification."),
            hint=mark("Somebody may have decided on it, or it is being corrected; reload the page."),
            params={"indicator": value.indicator.label},
        )
