"""Whose month is missing, and what is left of a unit's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns.actions import clocks_version
from shoushan.returns.forms import ExceptionForm
from shoushan.returns.models import Period
from shoushan.returns.queries import months
from shoushan.returns.queries.planning import is_provisional
from shoushan.returns.queries.requests import standing
from shoushan.returns.views.entering import grid
from shoushan.returns.views.finding import closed, period_of, unit_seen_by
from shoushan.returns.views.submitting import submitted
from shoushan.web import clock, refusals
from shoushan.web.once import once


@require_GET
def newest(request: MemberRequest) -> HttpResponse:
    """The month being filled; where none has opened, a page that says so."""
    demand(request.user, "returns.view")
    period = months.periods_open(clock.now()).first()
    return redirect(period) if period else render(request, "returns/none.html")


@require_GET
def month(request: MemberRequest, month: Month) -> HttpResponse:
    """Who is missing?"""
    demand(request.user, "returns.view")
    period = period_of(month)
    shown = {
        "period": period,
        "states": months.unit_states(period, request.user),
        "periods": months.periods_open(clock.now())[:12],
        "provisional": is_provisional(period),
        "may_manage": request.user.has_perm("returns.manage"),
        "may_remind": request.user.has_perm("returns.manage") and period.opens_at <= clock.now() < period.locks_at,
    }
    return render(request, "returns/month.html", shown)


def unit_month(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """A unit's month: what is left of it, or with ``?as=grid`` all its figures at once."""
    page = grid if request.GET.get("as") == "grid" else task_list
    return page(request, month, code)


def task_list(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """What is left? Posting submits the month."""
    period, unit = period_of(month), unit_seen_by(request, code)
    if request.method != "POST":
        return _task_list(request, period, unit, closed(period, unit))
    demand(request.user, "returns.enter", unit)
    return _submit(request, period, unit)


@once
def _submit(request: MemberRequest, period: Period, unit: Unit) -> HttpResponse:
    refusal = submitted(request, period, unit)
    return _task_list(request, period, unit, refusal) if refusal else redirect(request.path)


def _task_list(request: MemberRequest, period: Period, unit: Unit, refusal: Refusal | None) -> HttpResponse:
    closed_now = closed(period, unit)
    shown = {
        "period": period,
        "unit": unit,
        "clocks": clocks_version(period),
        "standing": standing(period, unit),
        "exception": ExceptionForm(),
        "may_ask": may_ask_exception(request, period, unit, closed_now),
        "may_move": request.user.has_perm("returns.manage") and unit.successor_id is not None,
        "tasks": months.unit_month(period, unit),
        "refusal": refusals.say(refusal) if refusal else None,
        "may_enter": request.user.has_perm("returns.enter", unit) and closed_now is None,
        "may_exempt": request.user.has_perm("returns.manage") and clock.now() >= period.locks_at,
    }
    return render(request, "returns/unit.html", shown)


def may_ask_exception(request: MemberRequest, period: Period, unit: Unit, closed_now: Refusal | None) -> bool:
    """Whether the locked month offers its form: to whoever would enter, and not while one waits already."""
    is_locked = closed_now is not None and closed_now.code == "return.locked"
    may_enter = request.user.has_perm("returns.enter", unit) and not request.user.has_perm("returns.manage")
    return is_locked and may_enter and not period.exception_requests.waiting().filter(unit=unit).exists()
