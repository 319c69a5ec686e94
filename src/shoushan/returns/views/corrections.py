"""A locked or verified figure: asking for its correction, and deciding on it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shoushan.core.months import Month
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import CorrectionForm
from shoushan.returns.models import Correction, Value
from shoushan.returns.views.finding import period_of, unit_seen_by
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def correction(request: MemberRequest, month: Month, code: str, key: str) -> HttpResponse:
    """What was wrong, and what is right? The unit or its verifier asks."""
    period, unit = period_of(month), unit_seen_by(request, code)
    if not may_ask(request, unit):
        raise PermissionDenied
    values = Value.objects.filter(entry__period=period, entry__unit=unit, indicator__key=key).order_by("unit__path")
    values = values.select_related("indicator")
    about = request.GET.get("about")
    # the unit's own, or the first that it keeps for others
    value = values.filter(unit__code=about or code).first() or (None if about else values.first())
    if value is None:
        raise Http404
    form = CorrectionForm(request.POST or None, indicator=value.indicator)
    if form.is_valid():
        with refusals.beside(form):
            actions.ask_correction(value, **form.cleaned_data, at=clock.now(), by=request.user)
            messages.success(request, _("Asked. The supervision office decides; both figures stay readable."))
            return redirect(value)
    return render(request, "returns/correction.html", {"value": value, "period": period, "unit": unit, "form": form})


def may_ask(request: MemberRequest, unit: object) -> bool:
    return request.user.has_perm("returns.enter", unit) or request.user.has_perm("returns.verify", unit)


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree to a correction, or decline it with a reason."""
    demand(request.user, "returns.manage")
    found = get_object_or_404(Correction, pk=pk)
    answer, at = request.POST.get("answer", ""), clock.now()
    if request.POST.get("decision") == "declined":
        actions.decline_correction(found, answer=answer, at=at, by=request.user)
    else:
        actions.agree_correction(found, answer=answer, at=at, by=request.user)
    return redirect("returns-requests")
