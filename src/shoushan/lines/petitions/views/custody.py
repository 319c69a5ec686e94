"""Pages of those who keep watch: who opened what in a week, and what may be kept no longer."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.lines.petitions import actions, watching
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Erasure, Matter
from shoushan.orgs import proof
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock
from shoushan.web.once import once


@require_GET
def openings(request: MemberRequest) -> HttpResponse:
    """Who opened what, when and why, in one week?"""
    demand(request.user, "petitions.watch")
    wanted = asked.day(request.GET.get("week", "")) or clock.today() - watching.WEEK
    monday = watching.week_of(wanted)
    shown = {
        "line": line,
        "rows": watching.opened(monday, person=request.user),
        "since": monday,
        "until": monday + timedelta(days=6),
        "before": (monday - watching.WEEK).isoformat(),
        "after": (monday + watching.WEEK).isoformat(),
    }
    return render(request, "petitions/openings.html", shown)


@once
def retention(request: MemberRequest) -> HttpResponse:
    """What may be kept no longer? Proposed by one, with the list seen before."""
    demand(request.user, "petitions.clear_out")
    if request.method == "POST":
        demand(request.user, "registers.work", line)
        chosen = [int(each) for each in request.POST.getlist("matter") if each.isdecimal()]
        for matter in Matter.objects.visible_to(request.user).filter(pk__in=chosen).order_by("pk"):
            actions.propose_erasure(matter, on=clock.today(), by=request.user)
        return redirect("petition-retention")
    shown = {
        "line": line,
        "rows": watching.past(request.user, on=clock.today()),
        "decided": watching.destroyed(request.user),
        "may": {name: request.user.has_perm(f"registers.{name}", line) for name in ("work", "confirm")},
    }
    return render(request, "petitions/retention.html", shown)


@require_POST
@once
def erase(request: MemberRequest, pk: int) -> HttpResponse:
    """A second person destroys what was proposed, after a fresh proof, or keeps it for now."""
    demand(request.user, "registers.confirm", line)
    seen = Erasure.objects.filter(matter__in=Matter.objects.visible_to(request.user))
    found = get_object_or_404(seen, pk=pk)
    destroy = request.POST.get("decision") == "destroy"
    if destroy:
        proof.demand(request, _("Destroying what is sealed"))
    actions.decide_erasure(found, destroy=destroy, on=clock.today(), by=request.user)
    messages.success(request, _("Destroyed; it opens no more.") if destroy else _("It is kept on."))
    return redirect("petition-retention")
