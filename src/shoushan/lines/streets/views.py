"""Passes by unit, and an inspection taken as its street's result."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.lines.streets import actions, queries
from shoushan.lines.streets.line import streets
from shoushan.lines.streets.models import Inspection
from shoushan.lines.streets.standards import standard_on
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock
from shoushan.web.once import once


@require_GET
def standing(request: MemberRequest) -> HttpResponse:
    """How many have passed?"""
    demand(request.user, "registers.view", streets)
    shown = {
        "line": streets,
        "standings": queries.standings(request.user, on=clock.today()),
        "to_adopt": [(each, request.user.has_perm("registers.work", each)) for each in queries.to_adopt(request.user)],
        "standard": standard_on(clock.today()),
    }
    return render(request, "streets/standing.html", shown)


@require_POST
@once
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an inspection as its street's result."""
    found = get_object_or_404(Inspection.objects.visible_to(request.user).select_related("unit", "street"), pk=pk)
    demand(request.user, "registers.work", found)
    return redirect(actions.adopt(found, by=request.user))
