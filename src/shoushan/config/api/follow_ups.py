"""Follow-ups: who owes what; reported by who does it, given more time before its day, closed on evidence by another."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router
from ninja.files import UploadedFile

from shoushan.config.api.access import MOST_ROWS, seen
from shoushan.config.api.month_shapes import (
    AnswerIn,
    ClosingIn,
    ExtensionIn,
    ExtensionOut,
    FollowUpOut,
    FollowUpWhole,
    ReportIn,
)
from shoushan.config.api.tokens import Caller
from shoushan.dispatch.actions import follow_ups as actions
from shoushan.dispatch.models import FollowUp
from shoushan.dispatch.queries import follow_ups as queries
from shoushan.evidence import actions as evidence
from shoushan.orgs.requests import demand
from shoushan.web import clock

ONE = "/follow-ups/{int:pk}"

router = Router()


@router.get("/follow-ups", response=list[FollowUpOut])
def follow_ups(request: Caller, after: int = 0) -> list[FollowUpOut]:
    """Up to 500 follow-ups in the order of their ids; the filters are the page's: ``state``, ``from``, ``unit``."""
    demand(request.auth, "dispatch.view")
    wanted, on = queries.filters(request.auth, request.GET.dict()), clock.today()
    found = queries.follow_ups(request.auth, wanted, on=on).filter(pk__gt=after).order_by("pk")
    return [FollowUpOut(**_fields(it)) for it in found[:MOST_ROWS]]


@router.get(ONE, response=FollowUpWhole)
def follow_up(request: Caller, pk: int) -> FollowUpWhole:
    """One follow-up with the time that was asked for."""
    return _whole(_found(request, pk, "dispatch.view_follow_up"))


@router.post(f"{ONE}/report", response=FollowUpWhole)
def report(request: Caller, pk: int, given: Form[ReportIn], file: File[UploadedFile | None] = None) -> FollowUpWhole:
    """Report it done, with a file as evidence; the supervision office closes it."""
    found = _found(request, pk, "dispatch.do")
    with transaction.atomic():
        if file is not None:
            evidence.add(found, file.read(), file.name or "file", by=request.auth)
        actions.report(found, given.report, at=clock.now(), by=request.auth)
    return _whole(_found(request, pk))


@router.post(f"{ONE}/decision", response=FollowUpWhole)
def decide(request: Caller, pk: int, given: ClosingIn) -> FollowUpWhole:
    """Close it on its evidence, or send it back with a reason; never one's own report."""
    found = _found(request, pk, "dispatch.supervise")
    if given.decision == "closed":
        actions.close(found, at=clock.now(), by=request.auth)
    else:
        actions.send_back(found, reason=given.reason, by=request.auth)
    return _whole(_found(request, pk))


@router.post(f"{ONE}/extensions", response=FollowUpWhole)
def extend(request: Caller, pk: int, given: ExtensionIn) -> FollowUpWhole:
    """Ask for more time, before the day has passed."""
    found = _found(request, pk, "dispatch.do")
    actions.ask_extension(found, until=given.until, reason=given.reason, at=clock.now(), by=request.auth)
    return _whole(_found(request, pk))


@router.post(f"{ONE}/extensions/{{int:extension}}/decision", response=FollowUpWhole)
def answer(request: Caller, pk: int, extension: int, given: AnswerIn) -> FollowUpWhole:
    """Grant more time, or decline it."""
    found = _found(request, pk, "dispatch.supervise")
    asked = get_object_or_404(found.extensions.select_related("follow_up"), pk=extension)
    actions.answer_extension(asked, granted=given.decision == "granted", answer=given.answer, by=request.auth)
    return _whole(_found(request, pk))


def _found(request: Caller, pk: int, permission: str = "") -> FollowUp:
    """A follow-up that the caller may see, and do this with."""
    found: FollowUp = seen(request, FollowUp.objects.select_related("unit", "owner"), pk=pk)
    if permission:
        demand(request.auth, permission, found)
    return found


def _whole(found: FollowUp) -> FollowUpWhole:
    asked = [
        ExtensionOut(
            id=each.pk, until=each.until, reason=each.reason, state=each.state, asked_by=each.asked_by.name,
            answer=each.answer,
        )
        for each in found.extensions.select_related("asked_by").order_by("pk")
    ]  # fmt: skip
    return FollowUpWhole(**_fields(found), extensions=asked)


def _fields(it: FollowUp) -> dict[str, Any]:
    names = ("what", "how_known", "origin", "due_on", "first_due_on", "state", "report", "reason")
    return {
        **{name: getattr(it, name) for name in names},
        "id": it.pk,
        "unit": it.unit.code,
        "owner": it.owner.role if it.owner else None,
        "goal": it.goal_id,
        "warning": it.alarm_id,
        "is_overdue": it.is_overdue(on=clock.today()),
    }
