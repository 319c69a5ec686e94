"""The meeting's pack in one click: a paper, slides and a workbook with the same figures."""

from __future__ import annotations

import zipfile

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shoushan.core.months import Month
from shoushan.dispatch.queries.pack import pack_of
from shoushan.dispatch.views.meetings import meeting_of
from shoushan.exchange.reports import report_pdf, report_pptx, report_xlsx
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock, jobs
from shoushan.web.models import Job

MAKERS = (("pdf", report_pdf), ("pptx", report_pptx), ("xlsx", report_xlsx))


@require_GET
def pack(request: MemberRequest, month: Month) -> HttpResponse:
    """Three files in one; the reader sees how far it is."""
    demand(request.user, "dispatch.run")
    meeting, on, person = meeting_of(month), clock.today(), request.user
    money = getattr(request, "money", "yi")

    def make(job: Job) -> None:
        made = pack_of(meeting, person, on=on, money=money)
        jobs.tell(job, 1, len(MAKERS) + 1)
        job.file_name, job.url = f"meeting-{month}.zip", f"/jobs/{job.key}/file/"
        with zipfile.ZipFile(job.path, "w") as packed:
            for number, (kind, write) in enumerate(MAKERS, 2):
                packed.writestr(f"meeting-{month}.{kind}", write(made))
                jobs.tell(job, number, len(MAKERS) + 1)

    return redirect(jobs.address(jobs.start(person, _("The meeting's pack"), make, back=meeting.get_absolute_url())))
