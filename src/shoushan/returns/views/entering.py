"""One figure on one page: last month beside it, evidence below, then the next one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import ValueForm
from shoushan.returns.models import Period, Value
from shoushan.returns.queries import months
from shoushan.returns.queries.corrections import corrections_of
from shoushan.returns.views.corrections import may_ask
from shoushan.returns.views.finding import closed, period_of, unit_seen_by
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def value(request: MemberRequest, month: Month, code: str, key: str) -> HttpResponse:
    """One figure: last month beside it, evidence below, then the next one."""
    period, unit = period_of(month), unit_seen_by(request, code)
    found = months.figure(period, unit, key, request.GET.get("about", ""))
    if found is None:
        raise Http404
    may_enter = request.user.has_perm("returns.enter", unit)
    form = ValueForm(request.POST or None, request.FILES or None, initial=_standing(found.value))
    if request.method == "POST":
        demand(request.user, "returns.enter", unit)
    if form.is_valid():
        with refusals.beside(form):
            _save(request, period, unit, found, form)
            return redirect(found.next_url)
    refusal = closed(period, unit)
    shown = {
        "period": period,
        "unit": unit,
        "figure": found,
        "form": form,
        # what was typed stays on the page, also where a clock closed while it was typed
        "may_enter": may_enter and (refusal is None or form.is_bound),
        "corrections": corrections_of(found.value),
        "may_correct": may_correct(request, unit, found.value, refusal),
        "refusal": refusals.say(refusal) if refusal else None,
    }
    return render(request, "returns/value.html", shown)


def may_correct(request: MemberRequest, unit: Unit, value: Value | None, refusal: Refusal | None) -> bool:
    """Whether the page offers to ask for a correction: of what is verified, or was sent before the month closed."""
    fixed = value is not None and (
        value.state == Value.State.ACCEPTED or (value.state == Value.State.SUBMITTED and refusal is not None)
    )
    return fixed and may_ask(request, unit)


def _standing(value: Value | None) -> dict[str, object]:
    if value is None:
        return {}
    amount = "" if value.amount is None else plain(value.amount)
    return {"amount": amount, "no_data": value.no_data, "note": value.note, "version": value.version}


def _save(request: MemberRequest, period: Period, unit: Unit, found: months.Figure, form: ValueForm) -> None:
    given = form.cleaned_data
    saved = actions.save_value(
        period,
        unit,
        found.asked.indicator,
        about=found.asked.about,
        amount=given["number"],
        no_data=given["no_data"],
        note=given["note"],
        version=given["version"],
        at=clock.now(),
        by=request.user,
    )
    if given["file"]:
        evidence.add(saved, given["file"].read(), given["file"].name, by=request.user)
