"""Making a meeting's pack beside the page: three files of one report, told as each is done (会议材料)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from shoushan.dispatch.models import Meeting
from shoushan.dispatch.queries.pack import pack
from shoushan.exchange.reports import Report, report_pdf, report_pptx, report_xlsx
from shoushan.orgs.models import Person
from shoushan.web import clock, jobs
from shoushan.web.models import Job

WRITERS: dict[str, Callable[[Report], bytes]] = {"pdf": report_pdf, "pptx": report_pptx, "xlsx": report_xlsx}
STEPS = len(WRITERS) + 1


def begin(meeting: Meeting, person: Person, *, money: str) -> Job:
    """Start it; the reader may leave, and finds the three files at the same address."""
    address = f"{meeting.get_absolute_url()}pack/"

    def write(job: Job) -> None:
        job.url = f"{address}{job.key}/"
        jobs.tell(job, 0, STEPS)
        report = pack(meeting, person, on=clock.today(), money=money)
        for done, (kind, writer) in enumerate(WRITERS.items(), start=1):
            job.last_told = 0.0  # each step is told, however quick it was
            jobs.tell(job, done, STEPS)
            path_of(job, kind).write_bytes(writer(report))

    return jobs.start(person, _("Meeting pack"), write, back=address)


def path_of(job: Job, kind: str) -> Path:
    """Where one of a pack's files lies; it goes with its job."""
    return jobs.folder() / f"{job.key}.{kind}"
