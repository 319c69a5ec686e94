"""A register's workbook on the page: out with progress; in by way of a preview that shows what would happen."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.exchange import clerk
from shoushan.exchange.gate import EXCEL
from shoushan.orgs.requests import MemberRequest
from shoushan.registers import actions, intake, queries, sheets
from shoushan.registers.forms import SheetForm
from shoushan.registers.lines import Line
from shoushan.registers.views.asked import line_for
from shoushan.web import clock, jobs, refusals
from shoushan.web.models import Job
from shoushan.web.once import once

# a workbook of so many rows is written in less than a second, while the reader waits
FEW_RECORDS = 2_000


@require_GET
def export(request: MemberRequest, key: str) -> HttpResponse:
    """What the list shows, as a workbook; a long list is written beside the page, with its progress."""
    line = line_for(request, key)
    records = queries.chosen(line, request.user, request.GET.dict())
    total = records.count()

    def write(job: Job) -> None:
        job.file_name = f"{line.key}-{clock.today().isoformat()}.xlsx"
        job.url = f"/jobs/{job.key}/file/"
        sheets.export(line, records, job.path, tell=lambda done: jobs.tell(job, done, total))

    small = total <= FEW_RECORDS
    return redirect(jobs.address(jobs.start(request.user, _("Export"), write, back=f"/{line.key}/", at_once=small)))


def upload(request: MemberRequest, key: str) -> HttpResponse:
    """A workbook comes in: it is looked at, and nothing is entered yet."""
    line = line_for(request, key, "registers.work")
    form = SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals.beside(form):
            file = form.cleaned_data["file"]
            job = intake.begin(line, file.read(), file.name, on=clock.today(), by=request.user)
            return redirect(jobs.address(job))
    return render(request, "registers/import.html", {"line": line, "form": form})


def _session(request: MemberRequest, key: str, job: str) -> tuple[Line, intake.Session]:
    line = line_for(request, key, "registers.work")
    found = get_object_or_404(Job, key=job, person_id=request.user.pk)
    try:
        return line, intake.session_of(found)
    except KeyError:
        raise Http404 from None


def preview(request: MemberRequest, key: str, job: str) -> HttpResponse:
    """What would happen, row by row; questions are answered and the layout is corrected here."""
    line, session = _session(request, key, job)
    if request.method == "POST" and not session.is_done:
        answers, layout = intake.answers_from(request.POST, session), intake.layout_from(request.POST, session)
        if layout is not None and "remember" in request.POST:
            actions.keep_layout(line, clerk.Layout.from_json(layout).fingerprint, layout, by=request.user)
        again = intake.look_again(line, session, answers=answers, layout=layout, on=clock.today(), by=request.user)
        return redirect(jobs.address(again))
    shown = {
        "line": line,
        "session": session,
        "state": session.state,
        "rows": intake.described(line, session.state),
        "mapping": intake.mapping(line, session.state),
        "choices": intake.field_choices(line, session.state),
    }
    return render(request, "registers/preview.html", shown)


@require_POST
@once
def enter(request: MemberRequest, key: str, job: str) -> HttpResponse:
    """The good rows go in."""
    line, session = _session(request, key, job)
    if session.is_done:
        return redirect(f"/{line.key}/import/{job}/")
    return redirect(jobs.address(intake.enter(line, session, on=clock.today(), by=request.user)))


@require_GET
def faults(request: MemberRequest, key: str, job: str) -> HttpResponse:
    """The rows that did not go in, with the reasons beside them: mended, the file is brought in again."""
    line, session = _session(request, key, job)
    book = intake.returned(line, session.state)
    name = f'attachment; filename="{line.key}-faults.xlsx"'
    return HttpResponse(book, content_type=EXCEL, headers={"Content-Disposition": name})
