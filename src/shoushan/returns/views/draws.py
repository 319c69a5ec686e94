"""Draws: what could be drawn, drawing, and one draw until it is concluded."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import DrawForm
from shoushan.returns.models import Draw
from shoushan.returns.queries import draws as queries
from shoushan.web import clock, refusals
from shoushan.web.once import once

SEED_BYTES = 16


@once
def draws(request: MemberRequest) -> HttpResponse:
    """Which draws there are, and what a new one would come to; posting draws the lots."""
    demand(request.user, "returns.verify" if request.method == "POST" else "returns.view")
    given = request.POST if request.method == "POST" else request.GET
    form = DrawForm(given if "unit" in given else None, person=request.user)
    plan = None
    if form.is_valid():
        scope = form.scope()
        if request.method == "POST":
            demand(request.user, "returns.verify", scope.unit)
            with refusals.beside(form):
                seed = secrets.token_hex(SEED_BYTES)
                return redirect(actions.draw(scope, seed=seed, at=clock.now(), by=request.user))
        plan = queries.plan(scope)
    found = Draw.objects.visible_to(request.user).select_related("year", "unit", "drawn_by", "concluded_by")
    may_draw = request.user.has_perm("returns.verify")
    shown = {"draws": queries.listed(found), "form": form, "plan": plan, "may_draw": may_draw}
    return render(request, "returns/draws.html", shown)


@require_GET
def draw(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the checking is, and what the sample says."""
    demand(request.user, "returns.view")
    return _draw(request, _found(request, pk))


@require_POST
@once
def conclude(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept the rest by sample, or go on to check all of it."""
    found = _found(request, pk)
    demand(request.user, "returns.verify", found.unit)
    outcomes = actions.conclude(found, at=clock.now(), by=request.user)
    left = [{"value": each.value, "said": refusals.say(each.refusal)} for each in outcomes if each.refusal]
    found.refresh_from_db()
    return _draw(request, found, left) if left else redirect(found)


def _found(request: MemberRequest, pk: int) -> Draw:
    related = Draw.objects.visible_to(request.user).select_related("year", "unit", "drawn_by", "concluded_by")
    found: Draw = get_object_or_404(related, pk=pk)
    return found


def _draw(request: MemberRequest, found: Draw, left: list[dict[str, object]] | None = None) -> HttpResponse:
    shown = {
        "draw": found,
        "progress": queries.progress(found, person=request.user),
        "left": left or [],
        "may_conclude": found.state == Draw.State.OPEN and request.user.has_perm("returns.verify", found.unit),
    }
    return render(request, "returns/draw.html", shown)
