"""Warnings: what lit and by which rule, judging anew, and putting one off."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.dispatch import actions
from shoushan.dispatch.forms import SnoozeForm
from shoushan.dispatch.models import Alarm
from shoushan.dispatch.queries import warnings as queries
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import clock, refusals
from shoushan.web.once import once

ROWS = 50


@require_GET
def warnings(request: MemberRequest) -> HttpResponse:
    """What lit, by which rule?"""
    demand(request.user, "dispatch.view")
    on = clock.today()
    wanted = queries.filters(request.user, request.GET.dict())
    page = Paginator(queries.alarms(request.user, wanted, on=on), ROWS).get_page(request.GET.get("page"))
    rows = queries.rows(page.object_list, request.user, on=on)
    may_judge = request.user.has_perm("dispatch.judge")
    shown = {"wanted": wanted, "page": page, "rows": rows, "may_judge": may_judge}
    return render(request, "dispatch/warnings.html", shown)


@once
def warning(request: MemberRequest, pk: int) -> HttpResponse:
    """Why did it light, and shall it wait?"""
    seen = Alarm.objects.visible_to(request.user).select_related("unit", "year", "goal", "snoozed_by")
    found, on = get_object_or_404(seen, pk=pk), clock.today()
    if request.method == "POST":
        demand(request.user, "dispatch.judge")
    form = SnoozeForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            actions.snooze(found, until=given["until"], reason=given["reason"], on=on, by=request.user)
            return redirect(found)
    row = queries.row(found, request.user, on=on)
    shown = {"row": row, "alarm": found, "form": form, "rules": queries.rules_of(found)}
    return render(request, "dispatch/warning.html", {**shown, "may_judge": request.user.has_perm("dispatch.judge")})


@require_POST
@once
def wake(request: MemberRequest, pk: int) -> HttpResponse:
    """It shall not wait any longer."""
    demand(request.user, "dispatch.judge")
    found = get_object_or_404(Alarm.objects.visible_to(request.user), pk=pk)
    return redirect(actions.wake(found, by=request.user))


@require_POST
@once
def judge(request: MemberRequest) -> HttpResponse:
    """Judge the year's months anew, now."""
    demand(request.user, "dispatch.judge")
    on = clock.today()
    year = Year.objects.filter(number=on.year).first()
    if year:
        actions.recompute(year, on=on, by=request.user)
        actions.foretell(year, on=on, by=request.user)
    return redirect("warnings")
