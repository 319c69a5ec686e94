"""Every line's pages: the register, a record, its stages, and its workbook."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import actions, queries, sheets
from shoushan.registers.forms import EntryForm, ReasonForm, SheetForm, StageForm, record_form
from shoushan.registers.lines import Line, all_lines
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def seen(request: MemberRequest, key: str, pk: int) -> tuple[Line, Any]:
    """A record the person may see; a foreign one is as if it were not there."""
    line = queries.line_or_absent(key)
    return line, get_object_or_404(line.model.objects.visible_to(request.user).select_related("unit"), pk=pk)


@require_GET
def lines(request: MemberRequest) -> HttpResponse:
    """Which registers?"""
    demand(request.user, "registers.view")
    counted = [(line, line.model.objects.visible_to(request.user).count()) for line in all_lines()]
    return render(request, "registers/lines.html", {"lines": counted})


@require_GET
def register(request: MemberRequest, key: str) -> HttpResponse:
    """Which need me?"""
    line = queries.line_or_absent(key)
    demand(request.user, "registers.view", line)
    shown = {
        "line": line,
        "listing": queries.listing(line, request.user, request.GET.dict()),
        "wanted": request.GET,
        "may_work": request.user.has_perm("registers.work", line),
    }
    return render(request, "registers/register.html", shown)


@once
def new(request: MemberRequest, key: str) -> HttpResponse:
    """Enter a record at the line's first stage."""
    line = queries.line_or_absent(key)
    demand(request.user, "registers.work", line)
    form = record_form(line, line.fields, request.POST or None)
    entry = EntryForm(request.POST or None, units=Unit.objects.all(), initial={"on": clock.today()})
    if form.is_valid() and entry.is_valid():
        with refusals.beside(form):
            given = entry.cleaned_data
            return redirect(actions.enter(line, given["unit"], form.cleaned_data, on=given["on"], by=request.user))
    return render(request, "registers/form.html", {"line": line, "form": form, "entry": entry})


@require_GET
def record(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """What next?"""
    line, found = seen(request, key, pk)
    return _record(request, line, found)


def _record(request: MemberRequest, line: Line, found: Any, **forms: Any) -> HttpResponse:
    page = queries.record_page(line, found)
    shown = {
        "line": line,
        "page": page,
        "nexts": [_next_stage(line, found, stage, forms) for stage in page.nexts],
        "reason_form": ReasonForm(auto_id="back-%s"),
        "may_work": request.user.has_perm("registers.work", found),
        "may_take_back": request.user.has_perm("registers.take_back", found),
        "may_confirm": request.user.has_perm("registers.confirm", found),
        "history": [found, *page.steps],
    }
    return render(request, "registers/record.html", shown)


def _next_stage(line: Line, found: Any, stage: queries.NextStage, forms: dict[str, Any]) -> dict[str, Any]:
    """One stage that may follow, with its forms; the one just refused keeps what was written in it."""
    refused = forms if forms.get("to") == stage.key else {}
    asked_for = [gap.field for gap in stage.gaps if gap.field in line.fields]
    start = {"on": clock.today(), "version": found.version}
    return {
        "key": stage.key,
        "label": stage.label,
        "gaps": [refusals.say(gap) for gap in stage.gaps],
        "needs": refused.get("needs") or record_form(line, asked_for, instance=found, needed=True),
        "form": refused.get("stage_form") or StageForm(initial=start, auto_id=f"{stage.key}-%s"),
    }


@once
def edit(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Correct a record's facts; whoever changed it meanwhile is not overwritten."""
    line, found = seen(request, key, pk)
    demand(request.user, "registers.work", found)
    form = record_form(line, line.fields, request.POST or None, instance=found)
    version = request.POST.get("version", str(found.version))
    if form.is_valid():
        with refusals.beside(form):
            number = asked.number(version) or 0
            return redirect(actions.edit(found, form.cleaned_data, version=number, by=request.user))
    return render(request, "registers/form.html", {"line": line, "form": form, "record": found, "version": version})


@require_POST
@once
def advance(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Record the next stage: its fields and its file are kept even where the stage itself is refused."""
    line, found = seen(request, key, pk)
    demand(request.user, "registers.work", found)
    to = request.POST.get("to", "")
    if to not in line.flow.following(found.stage):
        to = next(iter(line.flow.following(found.stage)), found.stage)
    names = [name for name in line.needs[to].fields if name in request.POST] if to in line.needs else []
    needs = record_form(line, names, request.POST, instance=type(found).objects.get(pk=pk), needed=True)
    form = StageForm(request.POST, request.FILES)
    if needs.is_valid() and form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            kept = actions.edit(found, needs.cleaned_data, version=given["version"], by=request.user)
            if given["file"]:
                evidence.add(kept, given["file"].read(), given["file"].name, proves=to, by=request.user)
            moved = actions.advance(
                kept, to, on=given["on"], today=clock.today(), version=kept.version, by=request.user
            )
            messages.success(request, _("Recorded. A second person confirms it."))
            return redirect(moved)
    found.refresh_from_db()
    return _record(request, line, found, to=to, stage_form=form, needs=needs)


@require_POST
@once
def decide(request: MemberRequest, key: str, pk: int, stage: str) -> HttpResponse:
    """Confirm a stage, or send it back with a reason."""
    _line, found = seen(request, key, pk)
    demand(request.user, "registers.confirm", found)
    decision = "returned" if request.POST.get("decision") == "returned" else "accepted"
    return redirect(actions.decide(found, stage, decision, reason=request.POST.get("reason", ""), by=request.user))


@require_POST
@once
def back(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Take a record back to an earlier stage, with a reason."""
    line, found = seen(request, key, pk)
    demand(request.user, "registers.take_back", found)
    to = request.POST.get("to", "")
    if to not in [str(stage) for stage in line.flow.stages]:
        raise Http404
    return redirect(actions.go_back(found, to, reason=request.POST.get("reason", ""), by=request.user))


@require_GET
def export(request: MemberRequest, key: str) -> HttpResponse:
    """What the list shows, as a workbook."""
    line = queries.line_or_absent(key)
    demand(request.user, "registers.view", line)
    records = queries.chosen(line, request.user, request.GET.dict()).select_related("unit")
    name = f'attachment; filename="{line.key}-{clock.today().isoformat()}.xlsx"'
    return HttpResponse(sheets.export(line, records), content_type=XLSX, headers={"Content-Disposition": name})


@once
def enter_sheet(request: MemberRequest, key: str) -> HttpResponse:
    """A workbook in: good rows are entered, refused ones come back with the reason beside each."""
    line = queries.line_or_absent(key)
    demand(request.user, "registers.work", line)
    form, done, faulty = SheetForm(request.POST or None, request.FILES or None), None, ""
    if form.is_valid():
        with refusals.beside(form):
            file = form.cleaned_data["file"]
            done = sheets.enter(line, file.read(), file.name, on=clock.today(), by=request.user)
            if done.faults:
                book = sheets.faults_workbook(line, done, reason=_("Reason"), say=_said)
                faulty = f"data:{XLSX};base64,{b64encode(book).decode()}"
    faults = [(fault, _said(fault)) for fault in done.faults] if done else []
    shown = {"line": line, "form": form, "done": done, "faults": faults, "faulty": faulty}
    return render(request, "registers/import.html", shown)


def _said(fault: Any) -> str:
    said = refusals.say(Refusal(fault.code, fault.message, hint=fault.hint, params=fault.params))
    return said.whole
