"""The published result, for everybody: a page and three papers, without any person's name."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shoushan.assessment.models import Assessment
from shoushan.assessment.queries import results as queries
from shoushan.exchange.gate import EXCEL, WORD
from shoushan.exchange.official import official_docx, official_pdf
from shoushan.exchange.sheets import write_xlsx


def _workbook(run: Assessment) -> bytes:
    return write_xlsx(queries.COLUMNS, queries.rows_of(run), title=queries.title_of(run))


# by the file's ending: how it is made, and of which type it is
PAPERS: dict[str, tuple[Callable[[Assessment], bytes], str]] = {
    "pdf": (lambda run: official_pdf(queries.paper_of(run)), "application/pdf"),
    "docx": (lambda run: official_docx(queries.paper_of(run)), WORD),
    "xlsx": (_workbook, EXCEL),
}


def _run(number: int) -> Assessment:
    found = queries.published(number)
    if found is None:
        raise Http404
    return found


@login_not_required
@require_GET
def result(request: HttpRequest, number: int) -> HttpResponse:
    """How did the year come out? For whoever wants to know, signed in or not."""
    run = _run(number)
    shown = {
        "run": run,
        "title": queries.title_of(run),
        "groups": queries.result_of(run),
        "rests": queries.rests_on(run),
    }
    return render(request, "assessment/result.html", {**shown, "endings": list(PAPERS)})


@login_not_required
@require_GET
def paper(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The same on paper, as a Word document or as a workbook."""
    if ending not in PAPERS:
        raise Http404
    make, kind = PAPERS[ending]
    name = f'attachment; filename="result-{number}.{ending}"'
    return HttpResponse(make(_run(number)), content_type=kind, headers={"Content-Disposition": name})
