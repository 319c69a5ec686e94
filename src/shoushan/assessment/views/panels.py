"""Raters' panels: opened and closed by the assessment office, voted in by whoever holds a link."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from shoushan.assessment import actions
from shoushan.assessment.actions.rating import digest_of
from shoushan.assessment.forms import BallotForm, LinksForm, PanelForm
from shoushan.assessment.models import Panel, Ticket
from shoushan.assessment.queries.panels import panels_of, results
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def panels(request: MemberRequest, number: int) -> HttpResponse:
    """Who is asked what? Posting opens a panel."""
    demand(request.user, "assessment.compare")
    year, form = get_object_or_404(Year, number=number), PanelForm(request.POST or None)
    may_manage = request.user.has_perm("assessment.manage")
    if request.method == "POST":
        demand(request.user, "assessment.manage")
    if form.is_valid():
        with refusals.beside(form):
            made = actions.open_panel(year, actions.Asked(**form.cleaned_data), at=clock.now(), by=request.user)
            return redirect(made)
    shown = {"year": year, "rows": panels_of(year), "form": form, "may_manage": may_manage}
    return render(request, "assessment/panels.html", shown)


def panel(request: MemberRequest, pk: int) -> HttpResponse:
    """How many have spoken, and what came of it? Posting makes links, which are told this once."""
    demand(request.user, "assessment.compare")
    found = get_object_or_404(Panel.objects.select_related("year"), pk=pk)
    form, links = LinksForm(request.POST or None), list[str]()
    may_manage = request.user.has_perm("assessment.manage")
    if request.method == "POST":
        demand(request.user, "assessment.manage")
    if form.is_valid():
        with refusals.beside(form):
            told = actions.issue_links(found, form.cleaned_data["number"], by=request.user)
            links = [request.build_absolute_uri(f"/ballots/{secret}/") for secret in told]
    shown: dict[str, Any] = {"panel": found, "form": LinksForm() if links else form, "links": links}
    shown |= {"issued": found.tickets.count(), "used": found.tickets.filter(is_used=True).count()}
    return render(request, "assessment/panel.html", {**shown, "rated": results(found), "may_manage": may_manage})


@require_POST
@once
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """No more votes; the result is known from now on."""
    demand(request.user, "assessment.manage")
    return redirect(actions.close_panel(get_object_or_404(Panel, pk=pk), at=clock.now(), by=request.user))


@login_not_required
@sensitive_post_parameters()
@cache_control(no_store=True, private=True)
def ballot(request: HttpRequest, secret: str) -> HttpResponse:
    """How well did they work? Once, and nobody learns who said what."""
    ticket = Ticket.objects.filter(digest=digest_of(secret)).select_related("panel__year").first()
    if ticket is None:
        raise Http404
    units = list(Unit.objects.filter(pk__in=ticket.panel.tallies.values("unit")).in_tree_order())
    form = BallotForm(request.POST if request.method == "POST" else None, units=units)
    shown = {"panel": ticket.panel, "form": form, "is_used": ticket.is_used, "done": False}
    if form.is_valid():
        with refusals.beside(form):
            actions.vote(secret, form.marks())
            shown["done"] = True
    return render(request, "assessment/ballot.html", shown)
