"""The minutes as a paper and as a Word document, and corrected by a later version."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.months import Month
from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.models import MinutesCorrection
from shoushan.dispatch.queries.minutes import minutes_of
from shoushan.dispatch.views.meetings import item_of, meeting_of
from shoushan.exchange.gate import WORD
from shoushan.exchange.official import official_docx, official_pdf
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock
from shoushan.web.once import once


@require_GET
def pdf(request: MemberRequest, month: Month) -> HttpResponse:
    """On paper; a unit reads its own decisions."""
    demand(request.user, "dispatch.view")
    made = official_pdf(minutes_of(meeting_of(month), request.user, on=clock.today()))
    name = f'inline; filename="minutes-{month}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@require_GET
def word(request: MemberRequest, month: Month) -> HttpResponse:
    """To be worked on."""
    demand(request.user, "dispatch.view")
    made = official_docx(minutes_of(meeting_of(month), request.user, on=clock.today()))
    name = f'attachment; filename="minutes-{month}.docx"'
    return HttpResponse(made, content_type=WORD, headers={"Content-Disposition": name})


@require_POST
@once
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose what the minutes should say."""
    demand(request.user, "dispatch.prepare")
    item, given = item_of(pk), request.POST
    actions.correct_minutes(
        item, given.get("text", ""), reason=given.get("reason", ""), at=clock.now(), by=request.user
    )
    return redirect(f"{item.meeting.get_absolute_url()}#i{pk}")


@require_POST
@once
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """The chair confirms a correction."""
    demand(request.user, "dispatch.chair")
    found = get_object_or_404(MinutesCorrection.objects.select_related("item__meeting__year"), pk=pk)
    actions.confirm_correction(found, at=clock.now(), by=request.user)
    return redirect(f"{found.item.meeting.get_absolute_url()}#i{found.item_id}")
