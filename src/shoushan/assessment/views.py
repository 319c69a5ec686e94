"""A year's assessment: frozen, run, published; every score with its reasons, and the scheme it rests on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.assessment import actions
from shoushan.assessment.forms import FreezeForm, SchemeForm
from shoushan.assessment.models import Assessment
from shoushan.assessment.queries.schemes import chapters, schemes_of
from shoushan.assessment.queries.sheets import sheet as sheet_of
from shoushan.assessment.queries.standings import chosen, runs_of, situation
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.returns.queries.corrections import since
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


@require_GET
def newest(request: MemberRequest) -> HttpResponse:
    """The year that is being assessed, or the present one."""
    demand(request.user, "assessment.view")
    frozen = Year.objects.filter(snapshot__isnull=False).order_by("-number").first()
    return redirect("assessment-year", frozen.number if frozen else clock.today().year)


@require_GET
def year(request: MemberRequest, number: int) -> HttpResponse:
    """Where does the year stand between running and published?"""
    demand(request.user, "assessment.view")
    found = get_object_or_404(Year, number=number)
    return _year_page(request, found)


def _year_page(request: MemberRequest, year: Year, form: SchemeForm | None = None) -> HttpResponse:
    situated = situation(year, request.user, run=asked.number(request.GET.get("run")))
    shown: dict[str, Any] = {"it": situated}
    if request.user.has_perm("assessment.manage"):
        kind = SchemeForm if situated.snapshot else FreezeForm
        shown |= {"may_manage": True, "form": form or kind(schemes=schemes_of(year.number))}
    return render(request, "assessment/year.html", shown)


@require_POST
@once
def freeze(request: MemberRequest, number: int) -> HttpResponse:
    """From here on no figure of the year moves."""
    demand(request.user, "assessment.manage")
    found = get_object_or_404(Year, number=number)
    form = FreezeForm(request.POST, schemes=schemes_of(number))
    if form.is_valid():
        with refusals.beside(form):
            folder, reason = form.chosen().folder, form.cleaned_data["reason"]
            actions.freeze(found, scheme_path=folder, reason=reason, at=clock.now(), by=request.user)
            messages.success(request, _("The year is frozen. Run the scheme on it now."))
            return redirect("assessment-year", number)
    return _year_page(request, found, form)


@require_POST
@once
def run(request: MemberRequest, number: int) -> HttpResponse:
    """Score every unit by the scheme; the run gets a number of its own."""
    demand(request.user, "assessment.manage")
    found = get_object_or_404(Year, number=number)
    form = SchemeForm(request.POST, schemes=schemes_of(number))
    if form.is_valid():
        with refusals.beside(form):
            actions.run_scheme(found, scheme_path=form.chosen().folder, at=clock.now(), by=request.user)
            return redirect("assessment-year", number)
    return _year_page(request, found, form)


@require_POST
@once
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody sees every score and rank of this run from now on."""
    demand(request.user, "assessment.manage")
    published = actions.publish(get_object_or_404(Assessment, pk=pk), at=clock.now(), by=request.user)
    messages.success(request, _("Published. Every unit sees every score and rank now."))
    return redirect("assessment-year", published.snapshot.year.number)


@require_GET
def sheet(request: MemberRequest, number: int, code: str) -> HttpResponse:
    """Why this score?"""
    demand(request.user, "assessment.view")
    runs = runs_of(get_object_or_404(Year, number=number))
    run = chosen(runs, request.user, asked.number(request.GET.get("run")))
    if run is None:
        raise Http404
    scores = run.scores.visible_to(request.user).select_related("unit", "assessment__snapshot__year")
    found = get_object_or_404(scores, unit__code=code)
    shows_ranks = run.shows_ranks_to(request.user)
    shown = {
        "score": found,
        "parts": sheet_of(found),
        "corrected": since(run.snapshot.year, run.snapshot.frozen_at, unit=found.unit),
        "shows_ranks": shows_ranks,
        "consequences": found.consequences.all() if shows_ranks else [],
    }
    return render(request, "assessment/sheet.html", shown)


@require_GET
def scheme(request: MemberRequest, number: int) -> HttpResponse:
    """By which rules? Clause by clause, with worked cases."""
    demand(request.user, "assessment.view")
    shown = [(each.scheme, chapters(each)) for each in schemes_of(number)]
    return render(request, "assessment/scheme.html", {"number": number, "schemes": shown})
