"""The fourth clock: a unit asks to enter a locked month, and the supervision office decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.months import Month
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import ExceptionForm
from shoushan.returns.models import ExceptionRequest
from shoushan.returns.queries import requests as asked
from shoushan.returns.views.finding import period_of, unit_seen_by
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def exception(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """A unit asks; the supervision office opens it at once."""
    period, unit = period_of(month), unit_seen_by(request, code)
    decides = request.user.has_perm("returns.manage")
    if not decides:
        demand(request.user, "returns.enter", unit)
    form = ExceptionForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            if decides:
                actions.grant_exemption(period, unit, **given, by=request.user)
            else:
                actions.ask_exception(period, unit, **given, at=clock.now(), by=request.user)
                messages.success(request, _("Asked. The supervision office decides; the answer appears under Today."))
            return redirect(f"/returns/{period.calendar_month}/{unit.code}/")
    shown = {"period": period, "unit": unit, "form": form, "decides": decides}
    return render(request, "returns/exception.html", shown)


@require_GET
def requests(request: MemberRequest) -> HttpResponse:
    """What have units asked for, and what was decided?"""
    demand(request.user, "returns.view")
    shown = {"requests": asked.requests(request.user), "may_decide": request.user.has_perm("returns.manage")}
    return render(request, "returns/requests.html", shown)


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Grant an exception, or decline it with a reason."""
    demand(request.user, "returns.manage")
    found = get_object_or_404(ExceptionRequest, pk=pk)
    answer, at = request.POST.get("answer", ""), clock.now()
    if request.POST.get("decision") == "declined":
        actions.decline_exception(found, answer=answer, at=at, by=request.user)
    else:
        actions.grant_exception(found, answer=answer, at=at, by=request.user)
    return redirect("returns-requests")


@require_POST
@once
def move(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """Move what a merged unit had not submitted to its successor."""
    demand(request.user, "returns.manage")
    period, unit = period_of(month), unit_seen_by(request, code)
    entry = actions.move_month(period, unit, at=clock.now(), by=request.user)
    messages.success(request, _("Moved as drafts; the successor's reporter looks at them and submits."))
    return redirect(entry)
