"""The licensing office's own page: the yearly report."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shoushan.exchange.document import tables_docx
from shoushan.exchange.gate import WORD
from shoushan.lines.licensing.line import applications
from shoushan.lines.licensing.queries import COLUMNS, Report, report, tables_of
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock


@require_GET
def yearly_report(request: MemberRequest) -> HttpResponse:
    """How was the law carried out this year? Printed as it stands."""
    found = _asked_for(request)
    shown = {"line": applications, "report": found, "columns": COLUMNS.values()}
    return render(request, "licensing/report.html", shown)


@require_GET
def yearly_report_docx(request: MemberRequest) -> HttpResponse:
    """The same as a text document, in the language of the institution."""
    found = _asked_for(request)
    with translation.override("zh-hans"):
        heading = _("How the licensing law was carried out in %(year)s") % {"year": found.year}
        made = tables_docx(heading, tables_of(found), date(found.year, 12, 31))
    name = f'attachment; filename="licensing-report-{found.year}.docx"'
    return HttpResponse(made, content_type=WORD, headers={"Content-Disposition": name})


def _asked_for(request: MemberRequest) -> Report:
    demand(request.user, "registers.view", applications)
    return report(request.user, asked.number(request.GET.get("year")) or clock.today().year)
