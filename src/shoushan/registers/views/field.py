"""A register on a phone, outdoors: the camera first, and a browser that keeps what it cannot send yet."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from shoushan.evidence import actions as evidence
from shoushan.orgs.requests import MemberRequest
from shoushan.registers import actions
from shoushan.registers.field_form import PhotoForm
from shoushan.registers.forms import EntryForm, RecordForm, record_form, units_of
from shoushan.registers.lines import Line
from shoushan.registers.views.asked import line_for
from shoushan.web import clock, refusals
from shoushan.web.once import once


@never_cache
@once
def field(request: MemberRequest, key: str) -> HttpResponse:
    """What do I see here? A record at the line's first stage, with a photograph that proves it."""
    line = line_for(request, key, "registers.work")
    if not line.in_field:
        raise Http404
    photo = PhotoForm(request.POST or None, request.FILES or None)
    form = record_form(line, line.required, request.POST or None, person=request.user)
    units = units_of(line, request.user, clock.today())
    start = {"on": clock.today(), "unit": units[0] if len(units) == 1 else None}
    entry = EntryForm(request.POST or None, units=units, initial=start)
    if photo.is_valid() and form.is_valid() and entry.is_valid():
        with refusals.beside(form):
            return redirect(_enter(request, line, photo, form, entry.cleaned_data))
    return render(request, "registers/field.html", {"line": line, "photo": photo, "form": form, "entry": entry})


@transaction.atomic
def _enter(request: MemberRequest, line: Line, photo: PhotoForm, form: RecordForm, given: dict[str, Any]) -> Any:
    """The record and its photograph, or neither."""
    record = actions.enter(line, given["unit"], form.facts(), on=given["on"], today=clock.today(), by=request.user)
    if taken := photo.cleaned_data["photo"]:
        evidence.add(
            record,
            taken.read(),
            taken.name,
            proves=line.flow.first,
            taken_on=photo.cleaned_data["photo_taken_on"],
            place=photo.place(),
            by=request.user,
        )
    return record
