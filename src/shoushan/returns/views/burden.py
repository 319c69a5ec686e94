"""How much are units asked to type, and who needs it?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.returns.queries.burden import MINUTES_A_VALUE
from shoushan.returns.queries.burden import burden as burden_of
from shoushan.web import clock


@require_GET
def burden(request: MemberRequest) -> HttpResponse:
    """The trend of the year, the last month unit by unit, and every figure that is asked with its reason."""
    demand(request.user, "returns.view")
    year = Year.objects.first()
    found = burden_of(year, on=clock.today(), by=request.user) if year else None
    shown = {"year": year, "burden": found, "a_value": MINUTES_A_VALUE}
    return render(request, "returns/burden.html", shown)
