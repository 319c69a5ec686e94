"""The verifier's queue, and each decision in it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.models import Value
from shoushan.returns.queries import verifying
from shoushan.web import asked, clock
from shoushan.web.once import once

ROWS = 50


@require_GET
def verify(request: MemberRequest) -> HttpResponse:
    """Is it true?"""
    demand(request.user, "returns.verify")
    page = Paginator(verifying.queue(request.user), ROWS).get_page(request.GET.get("page"))
    return render(request, "returns/verify.html", {"page": page, "claims": verifying.claims(page.object_list)})


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept a figure, or send it back with a reason."""
    found = get_object_or_404(Value.objects.visible_to(request.user).select_related("entry__unit"), pk=pk)
    demand(request.user, "returns.verify", found.entry.unit)
    number = asked.number(request.POST.get("version"))
    if request.POST.get("decision") == "returned":
        reason = request.POST.get("reason", "")
        actions.send_back(found, reason=reason, version=number, at=clock.now(), by=request.user)
    else:
        actions.accept(found, version=number, at=clock.now(), by=request.user)
    return redirect("verify")
