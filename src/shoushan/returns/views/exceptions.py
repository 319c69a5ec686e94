"""The fourth clock: a unit may still enter a locked month."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shoushan.core.months import Month
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import ExceptionForm
from shoushan.returns.views.finding import period_of, unit_seen_by
from shoushan.web import refusals
from shoushan.web.once import once


@once
def exception(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """Let one unit enter a locked month until a moment."""
    demand(request.user, "returns.manage")
    period, unit = period_of(month), unit_seen_by(request, code)
    form = ExceptionForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            actions.grant_exemption(period, unit, until=given["until"], reason=given["reason"], by=request.user)
            return redirect(f"/returns/{period.calendar_month}/{unit.code}/")
    return render(request, "returns/exception.html", {"period": period, "unit": unit, "form": form})
