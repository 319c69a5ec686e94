"""Sites with their repeats, the coverage of the plan, and linked checks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shoushan.lines.hazards import actions, queries
from shoushan.lines.hazards.forms import LinkedForm
from shoushan.lines.hazards.line import hazards
from shoushan.lines.hazards.models import Hazard
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock, refusals
from shoushan.web.once import once


@require_GET
def sites(request: MemberRequest) -> HttpResponse:
    """Where do hazards come back, and what has been looked at?"""
    demand(request.user, "registers.view", hazards)
    shown = {
        "line": hazards,
        "repeats": queries.repeats(request.user),
        "majors": queries.majors(request.user),
        "coverage": queries.coverage(request.user),
        "may_work": request.user.has_perm("registers.work", hazards),
    }
    return render(request, "hazards/sites.html", shown)


@once
def linked(request: MemberRequest, pk: int) -> HttpResponse:
    """Open checks of like sites."""
    hazard = get_object_or_404(Hazard.objects.visible_to(request.user).select_related("unit"), pk=pk)
    demand(request.user, "registers.work", hazard)
    form = LinkedForm(request.POST or None, sites=queries.like_sites(hazard, request.user))
    if form.is_valid():
        with refusals.beside(form):
            opened = actions.open_linked(hazard, form.chosen(), on=clock.today(), by=request.user)
            messages.success(request, _("%(count)s checks are open.") % {"count": len(opened)})
            return redirect(hazard)
    checks = hazard.linked_checks.visible_to(request.user).standing().select_related("unit")
    return render(request, "hazards/linked.html", {"hazard": hazard, "form": form, "checks": checks})
