"""A month's pages: who is missing, a unit's task list, one figure, and the verifier's queue."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.clocks import check_open
from shoushan.returns.forms import ExceptionForm, ValueForm
from shoushan.returns.models import Period, Value
from shoushan.returns.queries import months
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once

ROWS = 50


def period_of(month: Month) -> Period:
    return get_object_or_404(Period.objects.select_related("year"), year__number=month.year, month=month.month)


def unit_seen_by(request: MemberRequest, code: str) -> Unit:
    """A unit whose month the person may see; a foreign one is as if it were not there."""
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    return unit


def closed(period: Period, unit: Unit) -> Refusal | None:
    """Which clock keeps the month closed for a unit now, if one does."""
    try:
        check_open(period, unit, at=clock.now())
    except Refusal as refusal:
        return refusal
    return None


@require_GET
def newest(request: MemberRequest) -> HttpResponse:
    """The month being filled; where none has opened, a page that says so."""
    demand(request.user, "returns.view")
    period = months.periods_open(clock.now()).first()
    return redirect(period) if period else render(request, "returns/none.html")


@require_GET
def month(request: MemberRequest, month: Month) -> HttpResponse:
    """Who is missing?"""
    demand(request.user, "returns.view")
    period = period_of(month)
    shown = {
        "period": period,
        "states": months.unit_states(period, request.user),
        "periods": months.periods_open(clock.now())[:12],
    }
    return render(request, "returns/month.html", shown)


@once
def unit_month(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """What is left? Posting submits the month."""
    period, unit = period_of(month), unit_seen_by(request, code)
    refusal = closed(period, unit)
    if request.method == "POST":
        demand(request.user, "returns.enter", unit)
        try:
            actions.submit(period, unit, at=clock.now(), by=request.user)
            messages.success(request, _("Submitted. The verifier looks at it now."))
            return redirect(request.path)
        except Refusal as found:
            refusal = found
    shown = {
        "period": period,
        "unit": unit,
        "tasks": months.unit_month(period, unit),
        "refusal": refusals.say(refusal) if refusal else None,
        "may_enter": request.user.has_perm("returns.enter", unit) and closed(period, unit) is None,
        "may_exempt": request.user.has_perm("returns.manage") and clock.now() >= period.locks_at,
    }
    return render(request, "returns/unit.html", shown)


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
        "may_enter": may_enter and refusal is None,
        "refusal": refusals.say(refusal) if refusal else None,
    }
    return render(request, "returns/value.html", shown)


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


@once
def exception(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """Let one unit enter a locked month until a moment."""
    demand(request.user, "returns.manage")
    period, unit = period_of(month), unit_seen_by(request, code)
    form = ExceptionForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            actions.grant_exemption(period, unit, until=given["until"], reason=given["reason"], by=request.user)
            return redirect(f"/returns/{period.calendar_month}/{unit.code}/")
    return render(request, "returns/exception.html", {"period": period, "unit": unit, "form": form})


@require_GET
def verify(request: MemberRequest) -> HttpResponse:
    """Is it true?"""
    demand(request.user, "returns.verify")
    page = Paginator(months.queue(request.user), ROWS).get_page(request.GET.get("page"))
    return render(request, "returns/verify.html", {"page": page, "claims": months.claims(page.object_list)})


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
