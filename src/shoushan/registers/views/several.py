"""Several records at once: each is moved or confirmed by itself, and each refusal is told beside its record."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import actions
from shoushan.registers.forms import SeveralForm
from shoushan.registers.views.asked import line_for
from shoushan.web import clock, refusals

MOST = 200


@require_POST
def several(request: MemberRequest, key: str) -> HttpResponse:
    """Move or confirm the records that were picked."""
    line = line_for(request, key)
    works, confirms = (request.user.has_perm(f"registers.{name}", line) for name in ("work", "confirm"))
    if not works:
        demand(request.user, "registers.confirm", line)
    form = SeveralForm(request.POST, line=line, works=works, confirms=confirms)
    keys = [pk for pk in request.POST.getlist("pk") if pk.isdecimal() and len(pk) <= 18][:MOST]
    records = line.model.objects.visible_to(request.user).standing().filter(pk__in=keys).select_related("unit")
    outcomes: list[actions.Outcome] = []
    if form.is_valid():
        do, _colon, stage = form.cleaned_data["to"].partition(":")
        on, today = form.cleaned_data["on"] or clock.today(), clock.today()
        outcomes = actions.several(records, do, stage, on=on, today=today, by=request.user)
    told = [
        {"record": each.record, "refused": refusals.say_all(each.refusal) if each.refusal else []} for each in outcomes
    ]
    done = sum(each.refusal is None for each in outcomes)
    shown = {"line": line, "outcomes": told, "done": done, "form": form, "back": request.POST.get("back", "")}
    return render(request, "registers/several.html", shown)
