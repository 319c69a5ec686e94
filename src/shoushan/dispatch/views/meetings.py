"""The dispatch meeting: its agenda, what units say beforehand, the screen, and what is decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.dispatch.actions import follow_ups
from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.forms import ItemForm, OrderForm, PrepareForm
from shoushan.dispatch.models import AgendaItem, Meeting
from shoushan.dispatch.queries import agenda
from shoushan.dispatch.queries import meetings as queries
from shoushan.dispatch.queries.follow_ups import owed
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


def meeting_of(month: Month) -> Meeting:
    found = Meeting.objects.select_related("year", "prepared_by", "chaired_by")
    return get_object_or_404(found, year__number=month.year, month=month.month)


@once
def meetings(request: MemberRequest) -> HttpResponse:
    """Which meetings are there? Posting prepares the next one, with the agenda that the rules propose."""
    demand(request.user, "dispatch.view")
    form = PrepareForm(request.POST or None)
    if request.method == "POST":
        demand(request.user, "dispatch.prepare")
    if form.is_valid():
        with refusals.beside(form):
            given, on = form.cleaned_data, clock.today()
            year = get_object_or_404(Year, number=given["held_on"].year)
            items = agenda.proposed(year, request.user, held_on=given["held_on"], on=on)
            made = actions.prepare(year, given["held_on"].month, **given, proposed=items, by=request.user)
            return redirect(made)
    shown = {
        "meetings": Meeting.objects.select_related("year", "chaired_by"),
        "form": form,
        "may_prepare": request.user.has_perm("dispatch.prepare"),
    }
    return render(request, "dispatch/meetings.html", shown)


def _page(request: MemberRequest, found: Meeting, **forms: Any) -> HttpResponse:
    on = clock.today()
    shown = {
        "meeting": found,
        "items": queries.items_of(found, request.user, on=on),
        "dropped": found.items.exclude(dropped=""),
        "before": owed(queries.last_decisions(found, request.user), on=on),
        "may_prepare": request.user.has_perm("dispatch.prepare") and found.state == Meeting.State.PREPARED,
        "may_run": request.user.has_perm("dispatch.run") and found.state != Meeting.State.HELD,
        "may_pack": request.user.has_perm("dispatch.run"),
        "may_chair": request.user.has_perm("dispatch.chair") and found.state == Meeting.State.FIXED,
        "may_correct": request.user.has_perm("dispatch.prepare") and found.state == Meeting.State.HELD,
        "may_confirm": request.user.has_perm("dispatch.chair") and found.state == Meeting.State.HELD,
        "speaks_for": [unit.pk for unit in _speaks_for(request)] if found.state != Meeting.State.HELD else [],
        "form": ItemForm(),
        **forms,
    }
    return render(request, "dispatch/meeting.html", shown)


def _speaks_for(request: MemberRequest) -> list[Unit]:
    return [post.unit for post in request.user.posts_held() if request.user.has_perm("dispatch.do", post.unit)]


@require_GET
def meeting(request: MemberRequest, month: Month) -> HttpResponse:
    """What do we discuss?"""
    demand(request.user, "dispatch.view")
    return _page(request, meeting_of(month))


@require_POST
@once
def add(request: MemberRequest, month: Month) -> HttpResponse:
    """Put something on the agenda by hand."""
    demand(request.user, "dispatch.prepare")
    found, form = meeting_of(month), ItemForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            actions.add_item(
                found, actions.Proposed(**form.cleaned_data, rule=AgendaItem.Rule.BY_HAND), by=request.user
            )
            return redirect(found)
    return _page(request, found, form=form)


@require_POST
@once
def fix(request: MemberRequest, month: Month) -> HttpResponse:
    demand(request.user, "dispatch.prepare")
    return redirect(actions.fix(meeting_of(month), by=request.user))


@require_POST
@once
def confirm(request: MemberRequest, month: Month) -> HttpResponse:
    """The chair confirms the minutes."""
    demand(request.user, "dispatch.chair")
    return redirect(actions.confirm_minutes(meeting_of(month), at=clock.now(), by=request.user))


@require_GET
def run(request: MemberRequest, month: Month) -> HttpResponse:
    """One item a screen: its bar, why, what units say, and who does what by when."""
    demand(request.user, "dispatch.run")
    found, on = meeting_of(month), clock.today()
    rows = queries.items_of(found, request.user, on=on)
    units = [(unit.pk, unit.name) for unit in Unit.objects.existing(on=on)]
    forms = [_order_form(row.item, units) for row in rows]
    places = [0, *(row.item.pk for row in rows)]  # 0 is the page of the last meeting's decisions
    shown = {
        "meeting": found,
        "screens": list(zip(rows, forms, places, [*places[2:], None], strict=False)),
        "before": owed(queries.last_decisions(found, request.user), on=on),
        "is_held": found.state == Meeting.State.HELD,
    }
    return render(request, "dispatch/run.html", shown)


def _order_form(item: AgendaItem, units: list[tuple[int, str]]) -> OrderForm:
    """A form of its own for each screen; the units are read once for all of them."""
    form = OrderForm(auto_id=f"i{item.pk}_%s", initial={"unit": item.unit_id})
    form.fields["unit"].widget.choices = [("", "—"), *units]
    return form


def item_of(pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem.objects.select_related("meeting__year", "goal", "unit"), pk=pk)


def _on_screen(item: AgendaItem) -> str:
    return f"{item.meeting.get_absolute_url()}run/#i{item.pk}"


@require_POST
@once
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Who does what by when: a decision is a follow-up from the moment it is written."""
    demand(request.user, "dispatch.run")
    item = item_of(pk)
    form = OrderForm(request.POST, auto_id=f"i{pk}_%s")
    if form.is_valid():
        with refusals.beside(form):
            order = follow_ups.Order(**form.cleaned_data, goal=item.goal, item=item)
            follow_ups.open_follow_up(order, at=clock.now(), by=request.user)
            return redirect(_on_screen(item))
    return render(request, "dispatch/decide.html", {"item": item, "form": form})


@require_POST
@once
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """What was said; where another clerk wrote meanwhile, both are shown."""
    demand(request.user, "dispatch.run")
    item, words = item_of(pk), request.POST.get("discussion", "")
    version = asked.number(request.POST.get("version")) or 0
    try:
        actions.note(item, words, version=version, by=request.user)
    except Refusal as refusal:
        if refusal.code != "form.stale":
            raise
        return render(request, "dispatch/note_stale.html", {"item": item_of(pk), "words": words}, status=409)
    return redirect(_on_screen(item))


@require_POST
@once
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    demand(request.user, "dispatch.prepare")
    return redirect(actions.drop_item(item_of(pk), reason=request.POST.get("reason", ""), by=request.user).meeting)


@require_POST
@once
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """One place up or down the agenda."""
    demand(request.user, "dispatch.prepare")
    item = item_of(pk)
    actions.move_item(item, up=request.POST.get("to") == "up", by=request.user)
    return redirect(f"{item.meeting.get_absolute_url()}#i{pk}")


@require_POST
@once
def state(request: MemberRequest, pk: int, code: str) -> HttpResponse:
    """A unit's own words to an item."""
    item, unit = item_of(pk), get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    demand(request.user, "dispatch.do", unit)
    version = asked.number(request.POST.get("version"))
    actions.state(item, unit, request.POST.get("text", ""), version=version, at=clock.now(), by=request.user)
    return redirect(f"{item.meeting.get_absolute_url()}#i{pk}")
