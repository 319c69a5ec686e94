"""Who owes what: the list, one follow-up, and each step of its way."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.dispatch.actions import follow_ups as actions
from shoushan.dispatch.forms import ExtensionForm, OrderForm, ReportForm
from shoushan.dispatch.models import Alarm, Extension, FollowUp
from shoushan.dispatch.queries import follow_ups as queries
from shoushan.dispatch.queries.orders import order_of
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence
from shoushan.exchange.official import official_pdf
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Goal
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once

ROWS = 50


def follow_up_seen_by(request: MemberRequest, pk: int) -> FollowUp:
    """The follow-up, as if it were not there for whoever may not see it."""
    related = (
        "unit",
        "owner__person",
        "owner__unit",
        "goal",
        "alarm",
        "item__meeting__year",
        "reported_by",
        "closed_by",
    )
    return get_object_or_404(FollowUp.objects.visible_to(request.user).select_related(*related), pk=pk)


@require_GET
def follow_ups(request: MemberRequest) -> HttpResponse:
    """Who owes what?"""
    demand(request.user, "dispatch.view")
    on, wanted = clock.today(), queries.filters(request.user, request.GET.dict())
    page = Paginator(queries.follow_ups(request.user, wanted, on=on), ROWS).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": queries.owed(page.object_list, on=on),
        "wanted": wanted,
        "may_open": request.user.has_perm("dispatch.supervise"),
    }
    return render(request, "dispatch/follow_ups.html", shown)


@once
def new(request: MemberRequest) -> HttpResponse:
    """A follow-up order by hand; from a goal or a warning it knows both and the unit."""
    demand(request.user, "dispatch.supervise")
    alarm, goal, unit = _told_by(request)
    form = OrderForm(request.POST or None, initial={"unit": unit.pk if unit else None})
    if form.is_valid():
        with refusals.beside(form):
            order = actions.Order(**form.cleaned_data, goal=goal, alarm=alarm)
            return redirect(actions.open_follow_up(order, at=clock.now(), by=request.user))
    return render(request, "dispatch/follow_up_new.html", {"form": form, "goal": goal, "alarm": alarm})


def _told_by(request: MemberRequest) -> tuple[Alarm | None, Goal | None, Unit | None]:
    """The warning, the goal and the unit that the address names, as far as this person sees them."""
    alarms = Alarm.objects.visible_to(request.user).select_related("goal__lead_unit", "unit")
    alarm = alarms.filter(pk=asked.number(request.GET.get("alarm")) or 0).first()
    goals = Goal.objects.visible_to(request.user).select_related("lead_unit")
    goal = alarm.goal if alarm else goals.filter(pk=asked.number(request.GET.get("goal")) or 0).first()
    named = Unit.objects.filter(code=request.GET.get("unit", "")).first()
    return alarm, goal, named or (alarm.unit if alarm else goal.lead_unit if goal else None)


@require_GET
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The order as a sheet for the unit and the file."""
    found = follow_up_seen_by(request, pk)
    demand(request.user, "dispatch.view_follow_up", found)
    name = f'inline; filename="follow-up-{pk}.pdf"'
    headers = {"Content-Disposition": name}
    return HttpResponse(official_pdf(order_of(found)), content_type="application/pdf", headers=headers)


def _page(request: MemberRequest, found: FollowUp, **forms: Any) -> HttpResponse:
    on, is_open = clock.today(), found.state == FollowUp.State.OPEN
    may_do = request.user.has_perm("dispatch.do", found) and is_open
    shown = {
        "owed": queries.owed([found], on=on)[0],
        "follow_up": found,
        "files": Evidence.objects.about(found).standing().select_related("file"),
        "extensions": found.extensions.select_related("asked_by", "decided_by"),
        "may_do": may_do,
        "may_extend": may_do and on <= found.due_on,
        "may_close": request.user.has_perm("dispatch.supervise"),
        "report_form": ReportForm(),
        "extension_form": ExtensionForm(),
        **forms,
    }
    return render(request, "dispatch/follow_up.html", shown)


@require_GET
def follow_up(request: MemberRequest, pk: int) -> HttpResponse:
    """What is owed, what was done, and what proves it?"""
    found = follow_up_seen_by(request, pk)
    demand(request.user, "dispatch.view_follow_up", found)
    return _page(request, found)


@require_POST
@once
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it is done, with its evidence."""
    found = follow_up_seen_by(request, pk)
    demand(request.user, "dispatch.do", found)
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.beside(form):
            if file := form.cleaned_data["file"]:
                evidence.add(found, file.read(), file.name, by=request.user)
            actions.report(found, form.cleaned_data["report"], at=clock.now(), by=request.user)
            return redirect(found)
    return _page(request, found, report_form=form)


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Close it on its evidence, or send it back with a reason."""
    found = follow_up_seen_by(request, pk)
    demand(request.user, "dispatch.supervise")
    if request.POST.get("decision") == "closed":
        actions.close(found, at=clock.now(), by=request.user)
    else:
        actions.send_back(found, reason=request.POST.get("reason", ""), by=request.user)
    return redirect(found)


@require_POST
@once
def extend(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for more time, before the day has passed."""
    found = follow_up_seen_by(request, pk)
    demand(request.user, "dispatch.do", found)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            actions.ask_extension(found, **form.cleaned_data, at=clock.now(), by=request.user)
            return redirect(found)
    return _page(request, found, extension_form=form)


@require_POST
@once
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Grant more time, or decline it."""
    demand(request.user, "dispatch.supervise")
    found = get_object_or_404(Extension.objects.select_related("follow_up"), pk=pk)
    granted = request.POST.get("decision") == "granted"
    actions.answer_extension(found, granted=granted, answer=request.POST.get("answer", ""), by=request.user)
    return redirect(found.follow_up)
