"""A record's limits: standing still, running again, extended; and what another day would push."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from shoushan.orgs.requests import MemberRequest
from shoushan.registers import actions
from shoushan.registers.clocks import would_move
from shoushan.registers.forms import LimitForm
from shoushan.registers.models import Extension
from shoushan.registers.views.asked import record_for
from shoushan.web import asked, clock
from shoushan.web.once import once

VERBS = ("pause", "resume", "longer")


@require_POST
@once
def change(request: MemberRequest, key: str, pk: int, limit: str, verb: str) -> HttpResponse:
    """Let a limit stand still, let it run again, or ask for more days."""
    line, found = record_for(request, key, pk, "registers.work")
    form = LimitForm(request.POST)
    if verb not in VERBS or line.clock(limit) is None or not form.is_valid():
        raise Http404
    given, today = form.cleaned_data, clock.today()
    on = given["on"] or today
    if verb == "pause":
        actions.pause(found, limit, since=on, reason=given["reason"], today=today, by=request.user)
    elif verb == "resume":
        actions.resume(found, limit, last=on, today=today, by=request.user)
    else:
        days = given["days"] or 0
        actions.ask_longer(found, limit, days=days, reason=given["reason"], today=today, by=request.user)
    return redirect(found)


@require_POST
@once
def decide_longer(request: MemberRequest, key: str, pk: int, extension: int) -> HttpResponse:
    """Approve a longer limit, or refuse it with a reason."""
    _line, found = record_for(request, key, pk, "registers.confirm")
    asked_for = get_object_or_404(Extension.objects.of(found), pk=extension)
    approve, reason = request.POST.get("decision") == "approved", request.POST.get("reason", "")
    actions.decide_longer(asked_for, approve=approve, reason=reason, record=found, by=request.user)
    return redirect(found)


@once
def redate(request: MemberRequest, key: str, pk: int, stage: str) -> HttpResponse:
    """Another day for a stage that waits: first what it would push, then, with a reason, the change."""
    line, found = record_for(request, key, pk, "registers.work")
    on = asked.day(request.POST.get("on") or request.GET.get("on", ""))
    if request.method == "POST" and on is not None:
        reason = request.POST.get("reason", "")
        return redirect(actions.redate(found, stage, on, reason=reason, today=clock.today(), by=request.user))
    shown = {
        "line": line,
        "record": found,
        "stage": stage,
        "label": line.stage_label(stage),
        "on": on,
        "pushed": would_move(line, found, stage, on) if on else [],
    }
    return render(request, "registers/redate.html", shown)
