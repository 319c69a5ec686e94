"""The licensing office's own page: the yearly report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shoushan.lines.licensing.line import applications
from shoushan.lines.licensing.queries import report
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock


@require_GET
def yearly_report(request: MemberRequest) -> HttpResponse:
    """How was the law carried out this year? Printed as it stands."""
    demand(request.user, "registers.view", applications)
    year = asked.number(request.GET.get("year")) or clock.today().year
    return render(request, "licensing/report.html", {"line": applications, "report": report(request.user, year)})
