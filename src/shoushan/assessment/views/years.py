"""A year's assessment: frozen, run, announced, published; every score with its reasons, and the scheme it rests on."""

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
from shoushan.assessment.queries.drafts import published_as_read
from shoushan.assessment.queries.moves import moves, stands_of
from shoushan.assessment.queries.schemes import schemes_of
from shoushan.assessment.queries.sheets import sheet as sheet_of
from shoushan.assessment.queries.sheets import waterfall_of
from shoushan.assessment.queries.standings import chosen, runs_of, situation
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.returns.queries.corrections import since
from shoushan.web import asked, clock, dates, refusals
from shoushan.web.once import once


@require_GET
def newest(request: MemberRequest) -> HttpResponse:
    """The year that is being assessed, or the present one."""
    demand(request.user, "assessment.view")
    frozen = Year.objects.filter(state=Year.State.FROZEN).order_by("-number").first()
    return redirect("assessment-year", frozen.number if frozen else clock.today().year)


@require_GET
def year(request: MemberRequest, number: int) -> HttpResponse:
    """Where does the year stand between running and published?"""
    demand(request.user, "assessment.view")
    found = get_object_or_404(Year, number=number)
    return _year_page(request, found)


def _year_page(request: MemberRequest, year: Year, form: SchemeForm | None = None) -> HttpResponse:
    situated = situation(year, request.user, run=asked.number(request.GET.get("run")))
    shown: dict[str, Any] = {"it": situated, "may_compare": request.user.has_perm("assessment.compare")}
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
def announce(request: MemberRequest, pk: int) -> HttpResponse:
    """Every unit sees its own lines and the list of totals, and may object until a day."""
    demand(request.user, "assessment.manage")
    run = actions.announce(run_of(pk), at=clock.now(), by=request.user)
    said = _("Announced. Units may object until %(day)s.") % {"day": dates.day(run.objections_until)}
    messages.success(request, said)
    return redirect("assessment-year", run.snapshot.year.number)


def run_of(pk: int) -> Assessment:
    return get_object_or_404(Assessment.objects.select_related("snapshot__year"), pk=pk)


@require_GET
def compare(request: MemberRequest, number: int) -> HttpResponse:
    """Who moved from one run to another, and why?"""
    demand(request.user, "assessment.compare")
    runs = runs_of(get_object_or_404(Year, number=number))
    newer, older = (_asked(runs, request.GET.get(name), place) for place, name in enumerate(("to", "from")))
    if newer is None or older is None:
        raise Http404
    shown = {"number": number, "runs": runs, "older": older, "newer": newer}
    return render(request, "assessment/compare.html", {**shown, "moves": moves(stands_of(older), stands_of(newer))})


def _asked(runs: list[Assessment], number: str | None, place: int) -> Assessment | None:
    """The run that was asked for; without one, the newest or the one before it."""
    wanted = asked.number(number)
    found = runs[place : place + 1] if wanted is None else [run for run in runs if run.number == wanted]
    return next(iter(found), None)


@require_POST
@once
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody sees every score and rank of this run from now on."""
    demand(request.user, "assessment.manage")
    published = actions.publish(run_of(pk), at=clock.now(), by=request.user)
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
        "parts": sheet_of(found, request.user),
        "corrected": since(run.snapshot.year, run.snapshot.frozen_at, unit=found.unit),
        "shows_ranks": shows_ranks,
        "consequences": found.consequences.all() if shows_ranks else [],
        "waterfall": waterfall_of(found),
        "may_object": run.announced_at and request.user.has_perm("assessment.object", found),
    }
    return render(request, "assessment/sheet.html", shown)


@require_GET
def scheme(request: MemberRequest, number: int) -> HttpResponse:
    """By which rules? Clause by clause, with worked cases."""
    demand(request.user, "assessment.view")
    shown = [published_as_read(each) for each in schemes_of(number)]
    return render(request, "assessment/scheme.html", {"number": number, "schemes": shown})
