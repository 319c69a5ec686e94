"""The minutes: printed as paper and as a text document, and corrected by a later version."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.months import Month
from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.models import MinutesCorrection
from shoushan.dispatch.queries.minutes import minutes
from shoushan.dispatch.views.meetings import item_of, meeting_of
from shoushan.exchange.official import official_docx, official_pdf
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock
from shoushan.web.once import once

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"pdf": (official_pdf, "application/pdf"), "docx": (official_docx, WORD)}


@require_GET
def paper(request: MemberRequest, month: Month, kind: str) -> HttpResponse:
    """What was said and decided, for the file and for the units; a draft until the chair confirms it."""
    demand(request.user, "dispatch.run")
    if kind not in KINDS:
        raise Http404
    writer, media_type = KINDS[kind]
    made = writer(minutes(meeting_of(month), request.user))
    name = f'attachment; filename="minutes-{month}.{kind}"'
    return HttpResponse(made, content_type=media_type, headers={"Content-Disposition": name})


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
    related = MinutesCorrection.objects.select_related("item__meeting__year")
    found = get_object_or_404(related, pk=pk)
    actions.confirm_correction(found, at=clock.now(), by=request.user)
    return redirect(f"{found.item.meeting.get_absolute_url()}#i{found.item_id}")
