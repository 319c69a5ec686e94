"""After locking: a unit asks for an exception, or for a correction, and the supervision office decides."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Verification
from shoushan.ledger import actions as ledger
from shoushan.notices import actions as notices
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns.actions.checking import Given, checked
from shoushan.returns.actions.periods import grant_exemption
from shoushan.returns.clocks import check_running, check_stands, is_locked
from shoushan.returns.models import CORRECTED, Correction, ExceptionRequest, Period, RequestState, Value
from shoushan.returns.queries.before import around


@transaction.atomic
def ask_exception(
    period: Period, unit: Unit, *, until: datetime, reason: str, at: datetime, by: Person
) -> ExceptionRequest:
    """A unit asks to enter a locked month until a moment."""
    period = Period.objects.select_for_update(of=("self",)).select_related("year").get(pk=period.pk)
    _check_exception(period, unit, until, reason, at)
    request = ExceptionRequest.objects.create(
        period=period, unit=unit, until=until, reason=reason.strip(), asked_by=by, asked_at=at
    )
    ledger.record("asked", request, by=by, reason=request.reason)
    return request


@transaction.atomic
def grant_exception(
    request: ExceptionRequest, *, until: datetime | None = None, answer: str = "", at: datetime, by: Person
) -> ExceptionRequest:
    """Open the month for the unit that asked, until the moment it wished or another one; not by the asker."""
    request = _held_request(request.pk)
    _check_undecided(request, by)
    until = until or request.until
    if until <= at:
        raise Refusal(
            "exception.over",
            mark("The wished moment has passed, so the exception would never be open."),
            hint=mark("Choose a later moment."),
            field="until",
        )
    exemption = grant_exemption(request.period, request.unit, until=until, reason=request.reason, by=by)
    _decided(request, RequestState.AGREED, answer, at=at, by=by, exemption=exemption)
    notices.queue(
        key=f"returns.exception:{request.pk}:granted",
        to=request.unit,
        subject=mark("%(month)s is open for %(unit)s until %(until)s"),
        body=mark("The supervision office granted the exception you asked for. It ends by itself."),
        params={"month": request.period.calendar_month, "unit": request.unit.name, "until": until},
        url=request.get_absolute_url(),
        at=at,
    )
    return request


@transaction.atomic
def decline_exception(request: ExceptionRequest, *, answer: str, at: datetime, by: Person) -> ExceptionRequest:
    """The month stays locked, for a reason."""
    request = _held_request(request.pk)
    _check_undecided(request, by)
    _check_answer(answer)
    _decided(request, RequestState.DECLINED, answer, at=at, by=by)
    notices.queue(
        key=f"returns.exception:{request.pk}:declined",
        to=request.unit,
        subject=mark("%(month)s stays locked for %(unit)s"),
        body=mark("The supervision office did not grant the exception: %(answer)s"),
        params={"month": request.period.calendar_month, "unit": request.unit.name, "answer": answer.strip()},
        url=request.get_absolute_url(),
        at=at,
    )
    return request


@transaction.atomic
def ask_correction(
    value: Value,
    *,
    amount: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    is_nil: bool = False,
    no_data: str = "",
    reason: str,
    at: datetime,
    by: Person,
) -> Correction:
    """Ask for a locked or verified figure to be changed; what stands there is kept beside the new one.

    Of a ratio both parts are given, and the ratio follows, as when a figure is entered.
    """
    value = _held_value(value.pk)
    typed = Given(
        amount=amount, numerator=numerator, denominator=denominator, is_nil=is_nil, no_data=no_data, note=reason
    )
    given, _ = checked(value.indicator, typed, around(value.entry.period, value.indicator, value.unit))
    _check_correction(value, given, reason, at)
    correction = Correction.objects.create(
        value=value,
        **{f"old_{name}": getattr(value, name) for name in CORRECTED},
        **{f"new_{name}": getattr(given, name) for name in CORRECTED},
        reason=reason.strip(),
        asked_by=by,
        asked_at=at,
    )
    ledger.record("asked", correction, by=by, reason=correction.reason)
    return correction


@transaction.atomic
def agree_correction(correction: Correction, *, answer: str = "", at: datetime, by: Person) -> Correction:
    """The corrected figure takes the old one's place, which stays readable; not by the asker.

    A verified figure stays verified, now by whoever agreed; one that waits goes on waiting. What is computed from it
    follows by itself; what was frozen or published does not, and says that a later correction exists.
    """
    # the figure first, as everywhere, so that nobody waits for one who waits for them
    value = _held_value(correction.value_id)
    correction = _held_correction(correction.pk)
    _check_undecided(correction, by)
    if any(getattr(value, name) != stood for name, stood in correction.before.items()):
        raise Refusal(
            "correction.stale",
            mark("The figure has been changed since this was asked."),
            hint=mark("Decline with that reason; the unit asks anew."),
        )
    _write(value, correction, at=at, by=by)
    _decided(correction, RequestState.AGREED, answer, at=at, by=by)
    _tell(correction, value, mark("“%(indicator)s” of %(month)s was corrected"), at)
    return correction


@transaction.atomic
def decline_correction(correction: Correction, *, answer: str, at: datetime, by: Person) -> Correction:
    """The figure stays, for a reason."""
    correction = _held_correction(correction.pk)
    _check_undecided(correction, by)
    _check_answer(answer)
    _decided(correction, RequestState.DECLINED, answer, at=at, by=by)
    _tell(correction, _held_value(correction.value_id), mark("“%(indicator)s” of %(month)s stays as it is"), at)
    return correction


def _write(value: Value, correction: Correction, *, at: datetime, by: Person) -> None:
    new: dict[str, Any] = {
        **correction.after,
        "unusual": "",
        "by_sample": None,
        "version": value.version + 1,
        "entered_by": correction.asked_by,
        "entered_at": correction.asked_at,
    }
    if value.state == Value.State.ACCEPTED:
        evidence.decide(
            value, Verification.Decision.ACCEPTED, reason=correction.reason, claimed_by=correction.asked_by, by=by
        )
        new |= {"decided_by": by, "decided_at": at}
    ledger.change("corrected", value, new, by=by, reason=correction.reason)


def _tell(correction: Correction, value: Value, subject: str, at: datetime) -> None:
    notices.queue(
        key=f"returns.correction:{correction.pk}:{correction.state}",
        to=value.entry.unit,
        subject=subject,
        body=mark("The supervision office decided on the correction that was asked for. Both figures are on its page."),
        params={"indicator": value.indicator.label, "month": value.entry.period.calendar_month},
        url=value.get_absolute_url(),
        at=at,
    )


def _held_request(pk: int) -> ExceptionRequest:
    related = ("asked_by", "period__year", "unit")
    return ExceptionRequest.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


def _held_correction(pk: int) -> Correction:
    return Correction.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=pk)


def _held_value(pk: int) -> Value:
    related = ("entry__period__year", "entry__unit__successor", "indicator", "unit", "entered_by")
    return Value.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)


def _decided(
    request: ExceptionRequest | Correction,
    state: str,
    answer: str,
    *,
    at: datetime,
    by: Person,
    **also: Any,
) -> None:
    new = {"state": state, "decided_by": by, "decided_at": at, "answer": answer.strip(), **also}
    ledger.change(state, request, new, by=by, reason=answer.strip())


def _check_exception(period: Period, unit: Unit, until: datetime, reason: str, at: datetime) -> None:
    check_running(period.year)
    check_stands(unit, at=at)
    if not is_locked(period, unit, at=at):
        raise Refusal(
            "exception.open",
            mark("%(month)s is open for %(unit)s, so no exception is needed."),
            hint=mark("Enter the figures and submit the month."),
            params={"month": period.calendar_month, "unit": unit.name},
        )
    if period.exception_requests.waiting().filter(unit=unit).exists():
        raise Refusal(
            "exception.asked",
            mark("An exception has been asked for already, and waits for the supervision office."),
            hint=mark("The answer appears on the month's page and under Today."),
        )
    if not reason.strip():
        raise Refusal(
            "exception.reason",
            mark("An exception needs a reason."),
            hint=mark("Say why this unit may still enter the month."),
            field="reason",
        )
    if until <= at:
        raise Refusal(
            "exception.over",
            mark("The wished moment has passed, so the exception would never be open."),
            hint=mark("Choose a later moment."),
            field="until",
        )


def _check_correction(value: Value, given: Given, reason: str, at: datetime) -> None:
    entry = value.entry
    check_stands(entry.unit, at=at)
    is_open = entry.period.year.state == Year.State.RUNNING and not is_locked(entry.period, entry.unit, at=at)
    if value.state != Value.State.ACCEPTED and is_open:
        raise Refusal(
            "correction.free",
            mark("The month is open and this figure is not verified, so it is corrected freely."),
            hint=mark("Enter the right figure and submit; nobody has to agree."),
        )
    if value.state not in (Value.State.ACCEPTED, Value.State.SUBMITTED):
        raise Refusal(
            "correction.not_sent",
            mark("This figure was never submitted, so there is nothing to correct."),
            hint=mark("Ask for an exception on the month's page, then enter it."),
        )
    if value.corrections.waiting().exists():
        raise Refusal(
            "correction.asked",
            mark("A correction of this figure waits for the supervision office already."),
            hint=mark("The answer appears on this page and under Today."),
        )
    if not reason.strip():
        raise Refusal(
            "correction.reason",
            mark("A correction needs a reason."),
            hint=mark("Say what was wrong, and where the right figure comes from."),
            field="reason",
        )
    if all(getattr(given, name) == getattr(value, name) for name in CORRECTED):
        raise Refusal(
            "correction.same",
            mark("This is the figure as it stands."),
            hint=mark("Enter the right figure."),
            field="amount",
        )


def _check_undecided(request: ExceptionRequest | Correction, by: Person) -> None:
    if request.state != RequestState.ASKED:
        raise Refusal(
            "request.decided",
            mark("This has been decided already."),
            hint=mark("Reload the page to see the decision."),
        )
    if request.asked_by_id == by.pk:
        raise Refusal(
            "stage.same_person",
            mark("You asked for this; a second person decides."),
            hint=mark("A colleague in the supervision office can decide it."),
        )


def _check_answer(answer: str) -> None:
    if not answer.strip():
        raise Refusal(
            "request.answer",
            mark("Declining needs a reason."),
            hint=mark("Say what would make it possible."),
            field="answer",
        )
