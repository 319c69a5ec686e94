"""Warnings: what is alight, by which rule, and what it says; nobody switches one off here either."""

from __future__ import annotations

from datetime import date

from ninja import Router

from shoushan.config.api.access import MOST_ROWS, seen
from shoushan.config.api.month_shapes import SignOut, WarningOut
from shoushan.config.api.tokens import Caller
from shoushan.dispatch.models import Alarm
from shoushan.dispatch.queries import warnings as queries
from shoushan.dispatch.queries.said import sentence_of, title_of
from shoushan.orgs.requests import demand
from shoushan.web import clock

router = Router()


@router.get("/warnings", response=list[WarningOut])
def warnings(request: Caller, after: int = 0) -> list[WarningOut]:
    """Up to 500 warnings in the order of their ids; the filters are the page's: ``state``, ``rule``, ``unit``."""
    demand(request.auth, "dispatch.view")
    wanted = queries.filters(request.auth, request.GET.dict())
    found = queries.alarms(request.auth, wanted, on=clock.today()).filter(pk__gt=after)
    return [_written(alarm) for alarm in found.order_by("pk")[:MOST_ROWS]]


@router.get("/warnings/{int:pk}", response=WarningOut)
def warning(request: Caller, pk: int) -> WarningOut:
    """One warning."""
    demand(request.auth, "dispatch.view")
    return _written(seen(request, Alarm.objects.select_related("unit", "year"), pk=pk))


def _written(alarm: Alarm) -> WarningOut:
    signs = [
        SignOut(
            rule=said["rule"], since=date.fromisoformat(said["since"]), light=said["light"],
            title=str(title_of(said)), sentence=sentence_of(said), figures=said["params"],
        )
        for said in alarm.said
    ]  # fmt: skip
    return WarningOut(
        id=alarm.pk, year=alarm.year.number, unit=alarm.unit.code, goal=alarm.goal_id, rule=alarm.rule,
        light=alarm.light, says=signs, months=dict(alarm.by_month()), lit_on=alarm.lit_on, ended_on=alarm.ended_on,
        caught_up_in=alarm.ended_month, put_off_until=alarm.snoozed_until, put_off_because=alarm.snooze_reason,
    )  # fmt: skip
