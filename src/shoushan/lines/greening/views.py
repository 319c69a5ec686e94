"""What survives, and the drawing of a sample."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from shoushan.lines.greening import actions, queries
from shoushan.lines.greening.forms import DrawForm
from shoushan.lines.greening.line import greening
from shoushan.lines.greening.models import Planting
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def survival(request: MemberRequest) -> HttpResponse:
    """What is alive, how sure is that, and which places are looked at next?"""
    demand(request.user, "registers.work" if request.method == "POST" else "registers.view", greening)
    mine = Planting.objects.visible_to(request.user).standing().filter(planted_trees__gt=0).order_by("name")
    form = DrawForm(request.POST or None, plantings=mine.select_related("unit"))
    if form.is_valid():
        with refusals.beside(form):
            demand(request.user, "registers.work", form.cleaned_data["planting"])
            return redirect(actions.draw(**form.cleaned_data, on=clock.today(), by=request.user))
    may_work = request.user.has_perm("registers.work", greening)
    shown = {"line": greening, "sites": queries.survival(request.user), "form": form if may_work else None}
    return render(request, "greening/survival.html", shown)
