"""What follows from a year's result: proposed by rule, decided by people for reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.assessment import actions
from shoushan.assessment.forms import DecideForm
from shoushan.assessment.models import Consequence
from shoushan.assessment.queries.consequences import following
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import clock, refusals
from shoushan.web.once import once


@require_GET
def consequences(request: MemberRequest, number: int) -> HttpResponse:
    """What follows? By rule, decided by people."""
    demand(request.user, "assessment.compare")
    return _page(request, get_object_or_404(Year, number=number))


def _page(request: MemberRequest, year: Year, bound: dict[int, DecideForm] | None = None) -> HttpResponse:
    may_decide = request.user.has_perm("assessment.decide")
    found = following(year)
    shown: dict[str, Any] = {"year": year, "found": found, "may_decide": may_decide}
    forms = {} if bound is None else bound
    shown["rows"] = [
        (
            each,
            forms.get(each.pk)
            or DecideForm(auto_id=f"c{each.pk}_%s", initial={"words": each.words, "kind": each.kind}),
        )
        for each in found.proposals
    ]
    return render(request, "assessment/consequences.html", shown)


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it over, change it, or drop it."""
    demand(request.user, "assessment.decide")
    found = get_object_or_404(Consequence.objects.select_related("score__assessment__snapshot__year"), pk=pk)
    year = found.score.assessment.snapshot.year
    form = DecideForm(request.POST, auto_id=f"c{pk}_%s")
    if form.is_valid():
        with refusals.beside(form):
            actions.decide(found, actions.Decision(**form.cleaned_data), at=clock.now(), by=request.user)
            return redirect("assessment-consequences", year.number)
    return _page(request, year, {pk: form})
