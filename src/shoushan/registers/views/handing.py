"""A record handed to another unit."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shoushan.orgs.requests import MemberRequest
from shoushan.registers import actions
from shoushan.registers.forms import HandingForm, units_of
from shoushan.registers.views.asked import record_for
from shoushan.web import clock, refusals
from shoushan.web.once import once


@once
def hand_over(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Who carries this on?"""
    line, found = record_for(request, key, pk, "registers.work")
    form = HandingForm(request.POST or None, units=units_of(line, request.user, clock.today()))
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            actions.hand_over(found, given["unit"], reason=given["reason"], on=clock.today(), by=request.user)
            messages.success(request, _("Handed over."))
            return redirect(found)
    return render(request, "registers/handing.html", {"line": line, "record": found, "form": form})
