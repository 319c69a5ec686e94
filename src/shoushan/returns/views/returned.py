"""A unit's own record of what was sent back, and the sums for whoever looks after the district."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.returns.queries import returned
from shoushan.returns.views.finding import unit_seen_by


@require_GET
def records(request: MemberRequest) -> HttpResponse:
    """What was sent back, unit by unit in tree order; a unit sees its own."""
    demand(request.user, "returns.view")
    year = Year.objects.order_by("-number").first()
    rows = returned.records(year, request.user) if year else []
    return render(request, "returns/records.html", {"year": year, "rows": rows})


@require_GET
def record(request: MemberRequest, code: str) -> HttpResponse:
    """What of this unit was sent back, why, and when was it put right?"""
    unit = unit_seen_by(request, code)
    year = get_object_or_404(Year.objects.order_by("-number")[:1])
    return render(
        request, "returns/record.html", {"unit": unit, "year": year, "rows": returned.returned_of(unit, year)}
    )
