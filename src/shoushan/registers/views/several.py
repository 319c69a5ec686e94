"""Several records at once: each is moved or confirmed by itself, and each refusal is told beside its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from shoushan.core.errors import Refusal
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import actions
from shoushan.registers.forms import SeveralForm
from shoushan.registers.lines import Line
from shoushan.registers.views.asked import line_for
from shoushan.web import clock, refusals

MOST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    record: Any
    refused: list[refusals.Said]


@require_POST
def several(request: MemberRequest, key: str) -> HttpResponse:
    """Move or confirm the records that were picked."""
    line = line_for(request, key)
    works, confirms = (request.user.has_perm(f"registers.{name}", line) for name in ("work", "confirm"))
    if not works:
        demand(request.user, "registers.confirm", line)
    form = SeveralForm(request.POST, line=line, works=works, confirms=confirms)
    keys = [pk for pk in request.POST.getlist("pk") if pk.isdecimal()][:MOST]
    records = line.model.objects.visible_to(request.user).standing().filter(pk__in=keys).select_related("unit")
    outcomes = [_done(request, line, record, form) for record in records] if form.is_valid() else []
    done = sum(not each.refused for each in outcomes)
    shown = {"line": line, "outcomes": outcomes, "done": done, "form": form, "back": request.POST.get("back", "")}
    return render(request, "registers/several.html", shown)


def _done(request: MemberRequest, line: Line, record: Any, form: SeveralForm) -> Outcome:
    verb, _colon, stage = form.cleaned_data["to"].partition(":")
    try:
        if verb == "confirm":
            demand(request.user, "registers.confirm", record)
            actions.decide(record, stage, "accepted", by=request.user)
        else:
            demand(request.user, "registers.work", record)
            on = form.cleaned_data["on"] or clock.today()
            actions.advance(record, stage, on=on, today=clock.today(), by=request.user)
    except Refusal as refusal:
        return Outcome(record, refusals.say_all(refusal))
    return Outcome(record, [])
