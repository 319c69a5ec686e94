"""A unit's figures: one on a page on the phone, all of them in a grid at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.actions import clocks_version
from shoushan.returns.forms import FigureForm, ValueForm
from shoushan.returns.models import Period, Value
from shoushan.returns.queries.corrections import corrections_of
from shoushan.returns.queries.figures import Figure, figures_of, looking_alike_of, on_page
from shoushan.returns.views.corrections import may_ask
from shoushan.returns.views.finding import closed, period_of, unit_seen_by
from shoushan.returns.views.submitting import submitted
from shoushan.web import clock, figures, refusals
from shoushan.web.once import once

# the figures of a month, each with its form
Rows = list[tuple[Figure, FigureForm]]


@once
def value(request: MemberRequest, month: Month, code: str, key: str) -> HttpResponse:
    """One figure: what stood before beside it, evidence below, then the next one."""
    period, unit = period_of(month), unit_seen_by(request, code)
    page = on_page(period, unit, key, request.GET.get("about", ""))
    if page is None:
        raise Http404
    found = page.figure
    form = ValueForm(request.POST or None, request.FILES or None, indicator=found.indicator, value=found.value)
    if request.method == "POST":
        demand(request.user, "returns.enter", unit)
    if form.is_valid():
        with refusals.beside(form):
            _save(request, period, unit, found, form)
            return redirect(page.next_url)
    shown = {
        "page": page,
        "form": form,
        "stale": _choose_anew(form),
        "alike": looking_alike_of(found, request.user),
        **month_shown(request, period, unit, typed=form.is_bound),
        "corrections": corrections_of(found.value),
        "may_correct": may_correct(request, unit, found.value, closed(period, unit)),
    }
    return render(request, "returns/value.html", shown)


def grid(request: MemberRequest, month: Month, code: str) -> HttpResponse:
    """All the unit's figures on one page, saved together; the wrong ones are named, the good ones kept."""
    period, unit = period_of(month), unit_seen_by(request, code)
    rows = [(it, sent_form(request, it)) for it in figures_of(period, unit)]
    if request.method != "POST":
        return _grid_page(request, period, unit, rows)
    demand(request.user, "returns.enter", unit)
    # read before the writing begins: on the last night everybody else waits for it to end
    for _figure, form in rows:
        form.is_valid()
    return _save_grid(request, period, unit, rows)


@once
def _save_grid(request: MemberRequest, period: Period, unit: Unit, rows: Rows) -> HttpResponse:
    if save_all(request, period, unit, rows):
        return _handed_in(request, period, unit) if "submit" in request.POST else redirect(f"{request.path}?as=grid")
    # what was kept stands as it was read; what was refused stays as it was typed
    now = zip(figures_of(period, unit), rows, strict=True)
    return _grid_page(request, period, unit, [(it, form if form.errors else form_of(it)) for it, (_, form) in now])


def _handed_in(request: MemberRequest, period: Period, unit: Unit) -> HttpResponse:
    """Saved and submitted by one button; what stands against it is said, and the figures stay."""
    if refusal := submitted(request, period, unit):
        said = refusals.say(refusal)
        messages.error(request, f"{said.message} {said.hint}")
    return redirect(request.path)


def _grid_page(request: MemberRequest, period: Period, unit: Unit, rows: Rows) -> HttpResponse:
    shown = {
        **month_shown(request, period, unit, typed=request.method == "POST"),
        "rows": [(figure, form, _choose_anew(form)) for figure, form in rows],
        "forms": [form for _, form in rows],
        "clocks": clocks_version(period),
    }
    return render(request, "returns/grid.html", shown)


def may_correct(request: MemberRequest, unit: Unit, value: Value | None, refusal: Refusal | None) -> bool:
    """Whether the page offers to ask for a correction: of what is verified, or was sent before the month closed."""
    fixed = value is not None and (
        value.state == Value.State.ACCEPTED or (value.state == Value.State.SUBMITTED and refusal is not None)
    )
    return fixed and may_ask(request, unit)


def month_shown(request: MemberRequest, period: Period, unit: Unit, *, typed: bool = False) -> dict[str, object]:
    """What a page of entering knows of its month; what was ``typed`` stays, also where a clock closed meanwhile."""
    refusal = closed(period, unit)
    return {
        "period": period,
        "unit": unit,
        "may_enter": request.user.has_perm("returns.enter", unit) and (refusal is None or typed),
        "refusal": refusals.say(refusal) if refusal else None,
    }


def sent_form(request: MemberRequest, found: Figure) -> FigureForm:
    """A row that was not sent (verified meanwhile, or new) is only shown."""
    sent = request.POST if request.method == "POST" and f"{found.key}-version" in request.POST else None
    return form_of(found, sent)


def form_of(found: Figure, sent: object = None) -> FigureForm:
    return FigureForm(sent, indicator=found.indicator, value=found.value, prefix=found.key, named=found.name)


def save_all(request: MemberRequest, period: Period, unit: Unit, rows: Rows) -> bool:
    """Whether everything that was typed could be saved; each form has its own errors."""
    sent = [(found, form) for found, form in rows if form.is_bound and not form.is_untouched()]
    good = [(found, form) for found, form in sent if form.is_valid() and not form.is_empty()]
    cells = [
        actions.Cell(found.indicator, found.asked.about, form.figure(), form.cleaned_data["version"])
        for found, form in good
    ]
    saved = actions.save_cells(period, unit, cells, at=clock.now(), by=request.user)
    for (_found, form), done in zip(good, saved.cells, strict=True):
        if done.refusal is not None:
            refusals.put(form, done.refusal)
        else:
            _tell_understood(request, form)
    if count := saved.count("created", "changed"):
        messages.success(request, _("%(count)s figures are saved.") % {"count": count})
    return not any(form.errors for _, form in sent)


def _choose_anew(form: FigureForm) -> Value | None:
    """What stands there now, where somebody changed it meanwhile: both are shown, and sending again chooses."""
    if not any(error.code == "form.stale" for errors in form.errors.as_data().values() for error in errors):
        return None
    if form.standing is not None:
        form.standing.refresh_from_db()
    form.choose_anew()
    return form.standing


def _save(request: MemberRequest, period: Period, unit: Unit, found: Figure, form: ValueForm) -> None:
    given = form.figure()
    version = form.cleaned_data["version"]
    cell = actions.Cell(found.indicator, found.asked.about, given, version)
    [done] = actions.save_cells(period, unit, [cell], at=clock.now(), by=request.user).cells
    if done.value is None or done.refusal is not None:
        raise done.refusal or ValueError("a figure is saved or refused")
    for data, name in form.cleaned_data["files"]:
        evidence.add(done.value, data, name, by=request.user)
    _tell_understood(request, form)


def _tell_understood(request: MemberRequest, form: FigureForm) -> None:
    """“12万” was read as 120,000: its reporter is told."""
    for typed, number in form.understood:
        words = {"typed": typed, "number": figures.number(number)}
        messages.info(request, _("“%(typed)s” was read as %(number)s.") % words)
