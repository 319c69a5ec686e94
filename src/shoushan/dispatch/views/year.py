"""The year on one page, and one goal explained."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from shoushan.dispatch import queries
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Goal, Indicator, Share, Year
from shoushan.registers.lines import measure_named
from shoushan.registers.queries import figure_of
from shoushan.returns.queries.burden import trend
from shoushan.web import asked, clock, dates
from shoushan.web.today import ACT, tasks

DECISIONS = 3


@require_GET
def year(request: MemberRequest) -> HttpResponse:
    """Are we on course? Today, or as it stood on a day (``?on=``); ``?show=wall`` for the screen of a meeting room."""
    demand(request.user, "dispatch.view")
    today = clock.today()
    wanted = asked.day(request.GET.get("on"))
    on = wanted if wanted and wanted < today else today
    found = Year.objects.filter(number=on.year).first()
    shown: dict[str, Any] = {
        "on": on,
        "today": today,
        "is_past": on < today,
        "is_wall": request.GET.get("show") == "wall",
    }
    if found:
        shown |= _shown(request, found, on, dates.end_of(on) if on < today else None)
    return render(request, "dispatch/year.html", shown)


def _shown(request: MemberRequest, found: Year, on: date, known: datetime | None) -> dict[str, Any]:
    overview = queries.year_overview(found, request.user, on=on, known=known)
    light = request.GET.get("light", "")
    shown: dict[str, Any] = {
        "overview": overview,
        "rows": [row for row in overview.goals if light in ("", row.judged.light)],
        "wanted": light,
        "lines": queries.line_rows(overview),
        "heads": queries.line_heads(overview),
    }
    if known is None:
        shown["told"] = queries.line_figures(request.GET.get("line", ""), request.user, found, on=on)
        shown["coming"] = queries.coming(found, on=on)
        shown["burden"] = trend(found, on=on, by=request.user)
        waiting = [task for task in tasks(request.user, on) if task.urgency == ACT]
        shown["decisions"], shown["waiting"] = waiting[:DECISIONS], len(waiting)
    return shown


@require_GET
def indicator(request: MemberRequest, key: str) -> HttpResponse:
    """What is counted, by which expression, and where is it said? Of the catalogue, and of every register."""
    demand(request.user, "plans.view")
    found = Indicator.objects.select_related("keeper").filter(key=key).first()
    known = measure_named(key)
    if found is None and known is None:
        raise Http404
    goals = Goal.objects.visible_to(request.user).filter(indicator__key=key).select_related("year")
    shown = {"indicator": found, "goals": goals, "figure": figure_of(*known) if known else None}
    return render(request, "dispatch/indicator.html", shown)


@require_GET
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """How, why, and who carries it?"""
    goals = Goal.objects.visible_to(request.user).select_related("indicator", "passage__document", "year")
    found = get_object_or_404(goals, pk=pk)
    lines = queries.goal_lines(found, request.user, on=clock.today())
    shown = {
        "goal": found,
        "lines": lines,
        "may_divide": request.user.has_perm("plans.divide") and found.value is not None,
        "may_order": request.user.has_perm("dispatch.supervise"),
        "ends": queries.goal_ends(found, on=clock.today()),
    }
    return render(request, "dispatch/goal.html", shown)


@require_GET
def unit_months(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """Where does this figure come from? Month by month, beside its evidence and who verified it."""
    goals = Goal.objects.visible_to(request.user).select_related("indicator", "passage__document", "year")
    found = get_object_or_404(goals, pk=pk)
    shares = Share.objects.visible_to(request.user).select_related("unit").prefetch_related("schedule")
    share = get_object_or_404(shares, goal=found, unit__code=code)
    share.goal = found
    known = queries.baseline_address(share)
    shown = {
        "baseline": known,
        "goal": found,
        "share": share,
        "months": queries.unit_months(share, request.user, on=clock.today()),
    }
    return render(request, "dispatch/months.html", shown)


@require_GET
def baseline(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """What had the register on the day the unit's letter was signed, and what has it now?"""
    shares = Share.objects.visible_to(request.user).filter(goal__in=Goal.objects.visible_to(request.user))
    share = get_object_or_404(shares.select_related("unit", "goal__indicator"), goal=pk, unit__code=code)
    address = queries.baseline_address(share)
    if not address:
        raise Http404
    return redirect(address)
