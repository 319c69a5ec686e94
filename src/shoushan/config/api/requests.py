"""After locking: a unit asks for an exception or a correction, and the supervision office decides."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.access import MOST_ROWS, seen
from shoushan.config.api.month_shapes import (
    CorrectedOut,
    CorrectionAnswerIn,
    CorrectionIn,
    CorrectionOut,
    ExceptionAnswerIn,
    ExceptionIn,
    ExceptionOut,
)
from shoushan.config.api.tokens import Caller
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.returns import actions
from shoushan.returns.models import Correction, ExceptionRequest, Period, RequestState, Value
from shoushan.web import clock

router = Router()


@router.get("/exceptions", response=list[ExceptionOut])
def exceptions(request: Caller, state: str = "", after: int = 0) -> list[ExceptionOut]:
    """Up to 500 exceptions that were asked for, in the order of their ids; ``state`` narrows them."""
    demand(request.auth, "returns.view")
    return [_exception(each) for each in _in_state(_exceptions(request), state, after)]


@router.post("/exceptions", response=ExceptionOut)
def ask_exception(request: Caller, given: ExceptionIn) -> ExceptionOut:
    """Ask to enter a locked month."""
    unit = get_object_or_404(Unit.objects.visible_to(request.auth), code=given.unit)
    demand(request.auth, "returns.enter", unit)
    months = Period.objects.select_related("year")
    period = get_object_or_404(months, year__number=given.year, month=given.month)
    asked = actions.ask_exception(period, unit, until=given.until, reason=given.reason, at=clock.now(), by=request.auth)
    return _exception(_exceptions(request).get(pk=asked.pk))


@router.post("/exceptions/{int:pk}/decision", response=ExceptionOut)
def decide_exception(request: Caller, pk: int, given: ExceptionAnswerIn) -> ExceptionOut:
    """Open the month until the wished moment or another one, or decline with a reason; never one's own request."""
    found = seen(request, ExceptionRequest.objects.all(), pk=pk)
    demand(request.auth, "returns.manage")
    told: dict[str, Any] = {"answer": given.answer, "at": clock.now(), "by": request.auth}
    if given.decision == "granted":
        actions.grant_exception(found, until=given.until, **told)
    else:
        actions.decline_exception(found, **told)
    return _exception(_exceptions(request).get(pk=pk))


@router.get("/corrections", response=list[CorrectionOut])
def corrections(request: Caller, state: str = "", after: int = 0) -> list[CorrectionOut]:
    """Up to 500 corrections that were asked for, in the order of their ids; ``state`` narrows them."""
    demand(request.auth, "returns.view")
    return [_correction(each) for each in _in_state(_corrections(request), state, after)]


@router.post("/values/{int:pk}/corrections", response=CorrectionOut)
def ask_correction(request: Caller, pk: int, given: CorrectionIn) -> CorrectionOut:
    """Ask for a locked or verified figure to be changed: its unit or its verifier."""
    value = seen(request, Value.objects.select_related("entry__unit"), pk=pk)
    if not any(request.auth.has_perm(right, value.entry.unit) for right in ("returns.enter", "returns.verify")):
        raise PermissionDenied
    asked = actions.ask_correction(value, **given.model_dump(), at=clock.now(), by=request.auth)
    return _correction(_corrections(request).get(pk=asked.pk))


@router.post("/corrections/{int:pk}/decision", response=CorrectionOut)
def decide_correction(request: Caller, pk: int, given: CorrectionAnswerIn) -> CorrectionOut:
    """Agree to a correction, or decline it with a reason; never one's own request."""
    found = seen(request, Correction.objects.all(), pk=pk)
    demand(request.auth, "returns.manage")
    decide = actions.agree_correction if given.decision == "agreed" else actions.decline_correction
    decide(found, answer=given.answer, at=clock.now(), by=request.auth)
    return _correction(_corrections(request).get(pk=pk))


def _in_state(found: Any, state: str, after: int) -> Any:
    if state in RequestState.values:
        found = found.filter(state=state)
    return found.filter(pk__gt=after).order_by("pk")[:MOST_ROWS]


def _exceptions(request: Caller) -> Any:
    related = ("period__year", "unit", "asked_by", "decided_by", "exemption")
    return ExceptionRequest.objects.visible_to(request.auth).select_related(*related)


def _corrections(request: Caller) -> Any:
    value = ("value__indicator", "value__unit", "value__entry__unit", "value__entry__period__year")
    return Correction.objects.visible_to(request.auth).select_related(*value, "asked_by", "decided_by")


def _exception(it: ExceptionRequest) -> ExceptionOut:
    return ExceptionOut(
        **_asked(it), month=str(it.period.calendar_month), unit=it.unit.code, until=it.until,
        open_until=it.exemption.until if it.exemption else None,
    )  # fmt: skip


def _correction(it: Correction) -> CorrectionOut:
    value = it.value
    return CorrectionOut(
        **_asked(it), month=str(value.entry.period.calendar_month), unit=value.entry.unit.code, value=value.pk,
        indicator=value.indicator.key, about=value.unit.code,
        before=CorrectedOut(**it.before), after=CorrectedOut(**it.after),
    )  # fmt: skip


def _asked(it: ExceptionRequest | Correction) -> dict[str, Any]:
    """What every request says."""
    return {
        "id": it.pk, "reason": it.reason, "asked_by": it.asked_by.name, "asked_at": it.asked_at, "state": it.state,
        "decided_by": it.decided_by.name if it.decided_by else None, "decided_at": it.decided_at, "answer": it.answer,
    }  # fmt: skip
