"""The investment office's own page beside the registers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shoushan.lines.investment.line import deals
from shoushan.lines.investment.queries import funnel
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock


@require_GET
def show_funnel(request: MemberRequest) -> HttpResponse:
    """Where do deals get stuck?"""
    demand(request.user, "registers.view", deals)
    year = asked.number(request.GET.get("year")) or clock.today().year
    return render(
        request, "investment/funnel.html", {"line": deals, "funnel": funnel(request.user, year), "year": year}
    )
