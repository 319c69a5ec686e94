"""Pages of the office that serves: a matter registered, its identity sealed and opened, conflicts, causes."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from shoushan.ledger import moment
from shoushan.lines.petitions import actions, queries
from shoushan.lines.petitions.forms import AssignForm, ConflictForm, OpenForm, WhoForm
from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Conflict, Matter
from shoushan.orgs import proof
from shoushan.orgs.models import Post
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import queries as registers
from shoushan.registers.forms import EntryForm, record_form, units_of
from shoushan.registers.views import pages
from shoushan.web import clock, refusals
from shoushan.web.once import once

KEY = "petitions"
# nothing of these pages stays in a browser
never_stored = cache_control(no_store=True, private=True)
# what is known on the day it is registered; the rest comes with its stages
ENTERED = ["name", "kind", "cause", "remark"]


def _matter(request: MemberRequest, pk: int, permission: str = "") -> Matter:
    """A matter the person may see and do this with; for whoever may not know of it, as if it were not there."""
    found: Matter = get_object_or_404(Matter.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if permission:
        demand(request.user, permission, found)
    return found


@sensitive_post_parameters()
@never_stored
@once
def new(request: MemberRequest) -> HttpResponse:
    """Register a matter, and seal who brought it."""
    demand(request.user, "registers.work", line)
    columns = registers.local_columns(line)
    form = record_form(line, ENTERED, request.POST or None, person=request.user, columns=columns)
    units = units_of(line, request.user, clock.today())
    entry = EntryForm(request.POST or None, units=units, initial={"on": clock.today()})
    who = WhoForm(request.POST or None)
    shown: dict[str, Any] = {"line": line, "form": form, "entry": entry, "who": who}
    if form.is_valid() and entry.is_valid() and who.is_valid():
        unit, given = entry.cleaned_data["unit"], form.facts()
        if "sure" not in request.POST:
            shown["doubles"] = registers.likely(line, request.user, given)
            shown["met"] = _met(request, unit, given["cause"], who.cleaned_data)
        if not (shown.get("doubles") or shown.get("met")):
            with refusals.beside(form):
                on = entry.cleaned_data["on"]
                matter = actions.register(unit, given, who.cleaned_data, on=on, by=request.user)
                return redirect("petition-slip", matter.pk)
    return render(request, "petitions/new.html", shown)


def _met(request: MemberRequest, unit: Any, cause: str, who: dict[str, str]) -> list[Matter]:
    """Matters of the same person, unit and cause; being pointed to one leaves a trace with it."""
    met = queries.met_before(unit, cause, who, request.user)
    for matter in met:
        actions.meet_again(matter.identity, by=request.user)
    return met


@require_GET
def matter(request: MemberRequest, pk: int) -> HttpResponse:
    """The page every record has, and below it what petitions have alone: who is sealed, who looked, who is kept out."""
    found = _matter(request, pk)
    extra = {
        "service": queries.service(found, request.user),
        "conflict_form": ConflictForm(posts=_posts(), auto_id="conflict-%s"),
        "assign_form": AssignForm(units=units_of(line, request.user, clock.today()), auto_id="assign-%s"),
    }
    return pages.show(request, line, found, template="petitions/record.html", extra=extra)


def _posts() -> Any:
    return Post.objects.held(on=clock.today()).select_related("unit", "person").order_by("unit__path", "pk")


@never_stored
def slip(request: MemberRequest, pk: int) -> HttpResponse:
    """The code to follow a matter by, shown once, to be printed and handed over."""
    found = _matter(request, pk, "registers.work")
    known = queries.service(found, request.user).slip
    shown: dict[str, Any] = {"matter": found, "slip": known, "next_number": known.number + 1 if known else 1}
    if request.method == "POST":
        number = request.POST.get("number", "")
        code = actions.issue_code(found, number=int(number) if number.isdecimal() else 0, by=request.user)
        address = request.build_absolute_uri(reverse("petition"))
        drawn = segno.make(f"{address}#{code}", error="m").svg_inline(scale=4, dark="#000", light="#fff", svgclass="qr")
        # drawn by the library from our own address and code
        shown |= {"code": actions.in_groups(code), "address": address, "qr": mark_safe(drawn)}  # noqa: S308
    return render(request, "petitions/slip.html", shown)


@sensitive_post_parameters()
@never_stored
def identity(request: MemberRequest, pk: int) -> HttpResponse:
    """Who brought it: one matter, one person, half an hour, a reason, a fresh proof; shown in this answer alone."""
    found = _matter(request, pk, "registers.work")
    form = OpenForm(request.POST if request.POST.get("act") == "open" else None)
    opening = queries.opening_of(found, request.user, at=moment.current().at)
    who: dict[str, str] = {}
    if request.method == "POST":
        proof.demand(request, _("Opening who brought a matter"))
    if form.is_valid():
        with refusals.beside(form):
            opening = actions.open_identity(found, reason=form.cleaned_data["reason"], by=request.user)
            who = actions.show_identity(opening, by=request.user)
    elif opening and request.POST.get("act") == "show":
        who = actions.show_identity(opening, by=request.user)
    service = queries.service(found, request.user)
    shown = {"matter": found, "form": form, "opening": opening, "who": who, "service": service, "who_form": WhoForm()}
    return render(request, "petitions/identity.html", {**shown, "is_proven": proof.is_fresh(request)})


@sensitive_post_parameters()
@require_POST
@once
def seal(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter who brought a matter, or enter it anew."""
    found = _matter(request, pk, "registers.work")
    form = WhoForm(request.POST)
    if form.is_valid():
        actions.seal(found, form.cleaned_data, by=request.user)
        messages.success(request, _("Sealed."))
    return redirect("petition-identity", pk)


@require_POST
@once
def conflict(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep somebody out of a matter, or withdraw oneself."""
    found = _matter(request, pk)
    if request.POST.get("own"):
        actions.state_conflict(found, request.user, Conflict.Because.OWN, by=request.user)
        messages.success(request, _("You have withdrawn; you do not see this matter any more."))
        return redirect("register", KEY)
    demand(request.user, "registers.work", found)
    form = ConflictForm(request.POST, posts=_posts())
    if form.is_valid():
        given = form.cleaned_data
        actions.state_conflict(found, given["post"].person, given["because"], by=request.user)
    # whoever stated a conflict of their own does not see it any more
    return redirect(found) if Matter.objects.visible_to(request.user).filter(pk=pk) else redirect("register", KEY)


@require_POST
@once
def lift(request: MemberRequest, pk: int, conflict: int) -> HttpResponse:
    """Let somebody in again who was kept out by mistake."""
    found = _matter(request, pk, "registers.confirm")
    actions.lift_conflict(get_object_or_404(Conflict.objects.standing(), pk=conflict, matter=found), by=request.user)
    return redirect(found)


@require_POST
@once
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Name another responsible unit."""
    found = _matter(request, pk, "registers.work")
    form = AssignForm(request.POST, units=units_of(line, request.user, clock.today()))
    if form.is_valid():
        actions.assign(found, form.cleaned_data["unit"], on=clock.today(), by=request.user)
    return redirect(found)


@require_POST
@once
def objection(request: MemberRequest, pk: int) -> HttpResponse:
    """The unit says that a matter is not its duty."""
    found = _matter(request, pk, "registers.work")
    reason = request.POST.get("reason", "")[:500]
    return redirect(actions.object_to_transfer(found, reason=reason, today=clock.today(), by=request.user))


@require_GET
def causes(request: MemberRequest) -> HttpResponse:
    """What lies behind the matters people bring, and what was done about it?"""
    demand(request.user, "registers.view", line)
    return render(request, "petitions/causes.html", {"line": line, "causes": queries.causes(request.user)})
