"""The archive of a year, made beside the page that asks for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shoushan.assessment import actions
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import jobs
from shoushan.web.models import Job
from shoushan.web.once import once


@require_POST
@once
def archive(request: MemberRequest, number: int) -> HttpResponse:
    """One zip with everything; the reader sees when it is there."""
    demand(request.user, "assessment.manage")
    year, person = get_object_or_404(Year, number=number), request.user

    def make(job: Job) -> None:
        packed = actions.archive(year, by=person)
        job.file_name, job.url = f"shoushan-{number}.zip", f"/jobs/{job.key}/file/"
        job.path.write_bytes(packed.content)

    return redirect(jobs.address(jobs.start(person, _("The archive of the year"), make, back=f"/assessment/{number}/")))
