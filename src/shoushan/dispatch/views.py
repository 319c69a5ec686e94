"""The year on one page, and one goal explained."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from shoushan.dispatch import queries
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Goal, Share, Year
from shoushan.web import clock


@require_GET
def year(request: MemberRequest) -> HttpResponse:
    """Are we on course?"""
    demand(request.user, "dispatch.view")
    on = clock.today()
    found = Year.objects.filter(number=on.year).first()
    overview = queries.year_overview(found, request.user, on=on) if found else None
    wanted = request.GET.get("light", "")
    rows = [row for row in overview.goals if wanted in ("", row.judged.light)] if overview else []
    return render(request, "dispatch/year.html", {"overview": overview, "rows": rows, "wanted": wanted})


@require_GET
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """How, why, and who carries it?"""
    goals = Goal.objects.visible_to(request.user).select_related("indicator", "passage__document", "year")
    found = get_object_or_404(goals, pk=pk)
    lines = queries.goal_lines(found, request.user, on=clock.today())
    may_divide = request.user.has_perm("plans.divide") and found.value is not None
    return render(request, "dispatch/goal.html", {"goal": found, "lines": lines, "may_divide": may_divide})


@require_GET
def unit_months(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """Where does this figure come from? Month by month, beside its evidence and who verified it."""
    goals = Goal.objects.visible_to(request.user).select_related("indicator", "passage__document", "year")
    found = get_object_or_404(goals, pk=pk)
    shares = Share.objects.visible_to(request.user).select_related("unit").prefetch_related("schedule")
    share = get_object_or_404(shares, goal=found, unit__code=code)
    share.goal = found
    shown = {"goal": found, "share": share, "months": queries.unit_months(share, request.user, on=clock.today())}
    return render(request, "dispatch/months.html", shown)
