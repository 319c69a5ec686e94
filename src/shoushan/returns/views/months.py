"""Whose month is missing, and what is left of a unit's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.queries import months
from shoushan.returns.views.entering import grid
from shoushan.returns.views.finding import closed, period_of, unit_seen_by
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
    }
    return render(request, "returns/month.html", shown)


def unit_month(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """A unit's month: what is left of it, or with ``?as=grid`` all its figures at once."""
    page = grid if request.GET.get("as") == "grid" else task_list
    return page(request, month, code)


@once
def task_list(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """What is left? Posting submits the month."""
    period, unit = period_of(month), unit_seen_by(request, code)
    refusal = closed(period, unit)
    if request.method == "POST":
        demand(request.user, "returns.enter", unit)
        try:
            actions.submit(period, unit, at=clock.now(), by=request.user)
            messages.success(request, _("Submitted. The verifier looks at it now."))
            return redirect(request.path)
        except Refusal as found:
            refusal = found
    shown = {
        "period": period,
        "unit": unit,
        "tasks": months.unit_month(period, unit),
        "refusal": refusals.say(refusal) if refusal else None,
        "may_enter": request.user.has_perm("returns.enter", unit) and closed(period, unit) is None,
        "may_exempt": request.user.has_perm("returns.manage") and clock.now() >= period.locks_at,
    }
    return render(request, "returns/unit.html", shown)
