"""The month on paper and as a workbook: out, and in again by way of a preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shoushan.core.months import Month
from shoushan.exchange.gate import EXCEL
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.forms import FigureForm, WorkbookForm
from shoushan.returns.models import Period
from shoushan.returns.queries.figures import Figure, figures_of
from shoushan.returns.sheets.book import BookRead, month_book, read_book
from shoushan.returns.sheets.paper import month_pdf
from shoushan.returns.views.entering import month_shown, save_all, sent_form
from shoushan.returns.views.finding import period_of, unit_seen_by
from shoushan.web import clock, refusals
from shoushan.web.once import once

WORDS = {
    "created": gettext_lazy("would be entered"),
    "changed": gettext_lazy("would be changed"),
    "left": gettext_lazy("stays as it is"),
    "refused": gettext_lazy("is refused"),
}


@require_GET
def paper(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """A sheet to fill in by hand."""
    period, unit = period_of(month), unit_seen_by(request, code)
    demand(request.user, "returns.view", unit)
    address = request.build_absolute_uri(f"/returns/{period.calendar_month}/{unit.code}/")
    name = f'inline; filename="return-{unit.code}-{period.calendar_month}.pdf"'
    made = month_pdf(period, unit, address)
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@require_GET
def download(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """The month as a workbook; what is verified is left out of it."""
    period, unit = period_of(month), unit_seen_by(request, code)
    demand(request.user, "returns.view", unit)
    name = f'attachment; filename="return-{unit.code}-{period.calendar_month}.xlsx"'
    return HttpResponse(month_book(period, unit), content_type=EXCEL, headers={"Content-Disposition": name})


@once
def workbook(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """A filled workbook comes in: first what would happen, row by row, then the good rows."""
    period, unit = period_of(month), unit_seen_by(request, code)
    shown: dict[str, Any] = {**month_shown(request, period, unit)}
    if request.method != "POST":
        return render(request, "returns/workbook.html", {**shown, "form": WorkbookForm()})
    demand(request.user, "returns.enter", unit)
    if "enter" in request.POST:
        return _enter(request, period, unit)
    form = WorkbookForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals.beside(form):
            file = form.cleaned_data["file"]
            read = read_book(period, unit, file.read(), file.name)
            rows = list(_planned(request, period, unit, read))
            shown |= {"rows": rows, "good": [row for row in rows if row.form is not None], "is_read": True}
    return render(request, "returns/workbook.html", {**shown, "form": form})


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the workbook and what would become of it; ``form`` is sent on where it would be saved."""

    row: int
    name: str
    outcome: Any
    before: Any = None
    after: Any = None
    reasons: Any = ()
    form: FigureForm | None = None

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What is sent on when the good rows are entered."""
        return [] if self.form is None else [(str(name), str(value)) for name, value in self.form.data.items()]


def _planned(request: MemberRequest, period: Period, unit: Unit, read: BookRead) -> Iterator[PreviewRow]:
    good = [(number, figure, form) for number, figure, form in read.rows if form.is_valid()]
    cells = [
        actions.Cell(figure.indicator, figure.asked.about, form.figure(), form.cleaned_data["version"])
        for _number, figure, form in good
    ]
    planned = actions.plan_cells(period, unit, cells, at=clock.now(), by=request.user).cells
    for (number, figure, form), done in zip(good, planned, strict=True):
        reasons = refusals.say_all(done.refusal) if done.refusal else ()
        is_good = done.outcome in ("created", "changed")
        yield PreviewRow(
            number, figure.name, WORDS[done.outcome], figure.value, form.figure(), reasons, form if is_good else None
        )
    for number, figure, form in read.rows:
        if not form.is_valid():
            texts = [str(text) for errors in form.errors.values() for text in errors]
            yield PreviewRow(number, figure.name, WORDS["refused"], figure.value, reasons=texts)
    for bad in read.bad:
        yield PreviewRow(bad.row, bad.label, WORDS["refused"], reasons=refusals.say_all(bad.refusal))


def _enter(request: MemberRequest, period: Period, unit: Unit) -> HttpResponse:
    """The rows that were good; one that somebody changed meanwhile is named and stays as it is."""
    rows: list[tuple[Figure, FigureForm]] = [(it, sent_form(request, it)) for it in figures_of(period, unit)]
    with_errors = not save_all(request, period, unit, rows)
    for figure, form in rows if with_errors else ():
        for errors in form.errors.values():
            messages.warning(request, _("%(name)s: %(why)s") % {"name": figure.name, "why": " ".join(map(str, errors))})
    return redirect(f"/returns/{period.calendar_month}/{unit.code}/")
