"""The minutes as a paper and as a Word document."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from shoushan.core.months import Month
from shoushan.dispatch.queries.minutes import minutes_of
from shoushan.dispatch.views.meetings import meeting_of
from shoushan.exchange.official import official_docx, official_pdf
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
