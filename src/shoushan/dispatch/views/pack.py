"""The meeting's pack: made in one click, as paper, slides and workbook with the same figures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from shoushan.core.months import Month
from shoushan.dispatch import packing
from shoushan.dispatch.views.meetings import meeting_of
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import jobs
from shoushan.web.models import Job
from shoushan.web.once import once


@once
def pack(request: MemberRequest, month: Month) -> HttpResponse:
    """What is in the pack? Posting makes it."""
    demand(request.user, "dispatch.run")
    found = meeting_of(month)
    if request.method == "POST":
        money = getattr(request, "money", "yi")
        return redirect(jobs.address(packing.begin(found, request.user, money=money)))
    return render(request, "dispatch/pack.html", {"meeting": found})


def _made(request: MemberRequest, month: Month, key: str) -> Job:
    """A finished pack of this meeting, for whoever made it."""
    demand(request.user, "dispatch.run")
    job = get_object_or_404(Job, key=key, person_id=request.user.pk, state=Job.State.DONE)
    if job.url != f"{meeting_of(month).get_absolute_url()}pack/{key}/":
        raise Http404
    return job


@require_GET
def made(request: MemberRequest, month: Month, key: str) -> HttpResponse:
    """The three files, for a day."""
    job = _made(request, month, key)
    files = [(kind, packing.path_of(job, kind).stat().st_size) for kind in packing.WRITERS]
    return render(request, "dispatch/pack.html", {"meeting": meeting_of(month), "job": job, "files": files})


@require_GET
def file(request: MemberRequest, month: Month, key: str, kind: str) -> FileResponse:
    job = _made(request, month, key)
    if kind not in packing.WRITERS:
        raise Http404
    path = packing.path_of(job, kind)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"meeting-{month}.{kind}")
