"""The limits of a line's records: which run, standing still, longer, and what another day would push."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.access import record_of
from shoushan.config.api.line_shapes import (
    DayIn,
    LimitOut,
    LongerDecisionIn,
    LongerIn,
    LongerOut,
    PauseIn,
    PauseOut,
    PushedOut,
    ResumeIn,
)
from shoushan.config.api.tokens import Caller
from shoushan.registers import actions
from shoushan.registers.clocks import Running, running_of, would_move
from shoushan.registers.lines import Line
from shoushan.registers.models import Extension
from shoushan.web import clock

router = Router()
RECORD = "/lines/{line}/records/{int:pk}"


@router.get(f"{RECORD}/limits", response=list[LimitOut])
def limits(request: Caller, line: str, pk: int) -> list[LimitOut]:
    """Every limit of a record that has begun."""
    known, found = record_of(request, line, pk)
    return _limits(known, found)


@router.post(f"{RECORD}/limits/{{limit}}/pause", response=list[LimitOut])
def pause(request: Caller, line: str, pk: int, limit: str, given: PauseIn) -> list[LimitOut]:
    """A limit stands still from a day on, for its reason."""
    known, found = record_of(request, line, pk, "registers.work")
    actions.pause(found, limit, since=given.on, reason=given.reason, today=clock.today(), by=request.auth)
    return _limits(known, found)


@router.post(f"{RECORD}/limits/{{limit}}/resume", response=list[LimitOut])
def resume(request: Caller, line: str, pk: int, limit: str, given: ResumeIn) -> list[LimitOut]:
    """It runs again; ``on`` is the last day it stood still."""
    known, found = record_of(request, line, pk, "registers.work")
    actions.resume(found, limit, last=given.on, today=clock.today(), by=request.auth)
    return _limits(known, found)


@router.post(f"{RECORD}/limits/{{limit}}/longer", response=list[LimitOut])
def ask_longer(request: Caller, line: str, pk: int, limit: str, given: LongerIn) -> list[LimitOut]:
    """Ask for more days, once and before the limit ends."""
    known, found = record_of(request, line, pk, "registers.work")
    actions.ask_longer(found, limit, days=given.days, reason=given.reason, today=clock.today(), by=request.auth)
    return _limits(known, found)


@router.post(f"{RECORD}/longer/{{int:extension}}", response=list[LimitOut])
def decide_longer(request: Caller, line: str, pk: int, extension: int, given: LongerDecisionIn) -> list[LimitOut]:
    """Another person approves more days, or refuses them with a reason."""
    known, found = record_of(request, line, pk, "registers.confirm")
    asked_for = get_object_or_404(Extension.objects.of(found), pk=extension)
    approve = given.decision == "approved"
    actions.decide_longer(asked_for, approve=approve, reason=given.reason, record=found, by=request.auth)
    return _limits(known, found)


@router.get(f"{RECORD}/stages/{{stage}}/day", response=list[PushedOut])
def dry_run(request: Caller, line: str, pk: int, stage: str, on: date) -> list[PushedOut]:
    """What another day of a stage would push; nothing is changed."""
    known, found = record_of(request, line, pk, "registers.work")
    pushed = would_move(known, found, _stage(known, stage), on)
    return [PushedOut(key=it.clock.key, label=str(it.clock.label), now=it.now, then=it.then) for it in pushed]


@router.put(f"{RECORD}/stages/{{stage}}/day", response=list[LimitOut])
def redate(request: Caller, line: str, pk: int, stage: str, given: DayIn) -> list[LimitOut]:
    """Correct the day of a stage that waits for confirmation; its limits move with it."""
    known, found = record_of(request, line, pk, "registers.work")
    actions.redate(found, _stage(known, stage), given.on, reason=given.reason, today=clock.today(), by=request.auth)
    return _limits(known, found)


def _stage(line: Line, stage: str) -> str:
    if stage not in [str(each) for each in line.flow.stages]:
        raise Http404
    return stage


def _limits(line: Line, record: Any) -> list[LimitOut]:
    today = clock.today()
    return [_written(each, today) for each in running_of(line, record)]


def _written(limit: Running, today: date) -> LimitOut:
    paused, longer = limit.paused, limit.extension
    return LimitOut(
        key=limit.clock.key, label=str(limit.clock.label), clause=str(limit.clock.clause),
        started_on=limit.started_on, due_on=limit.due_on, ended_on=limit.ended_on,
        days_left=limit.days_left(today), is_late=limit.is_late(today), can_be_longer_by=limit.clock.more,
        paused=PauseOut(since=paused.from_on, reason=paused.reason) if paused else None,
        longer=LongerOut(id=longer.pk, days=longer.days, reason=longer.reason, state=longer.state,
                         asked_by=longer.asked_by.name) if longer else None,
    )  # fmt: skip
