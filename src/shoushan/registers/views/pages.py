"""Every line's pages: the register, a record, and its stages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import actions, queries
from shoushan.registers.forms import (
    EntryForm,
    LimitForm,
    MergeForm,
    ReasonForm,
    SeveralForm,
    StageForm,
    record_form,
    units_of,
)
from shoushan.registers.lines import Line
from shoushan.registers.views.asked import line_for, record_for
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


@require_GET
def lines(request: MemberRequest) -> HttpResponse:
    """Which registers?"""
    demand(request.user, "registers.view")
    return render(request, "registers/lines.html", {"lines": queries.registers_seen(request.user, clock.today())})


@require_GET
def register(request: MemberRequest, key: str) -> HttpResponse:
    """Which need me?"""
    line = line_for(request, key)
    wanted = request.GET.dict()
    if wanted.get("as_of"):
        return _as_of(request, line, wanted)
    may = {name: request.user.has_perm(f"registers.{name}", line) for name in ("work", "confirm", "define")}
    pick = "pick" in wanted and (may["work"] or may["confirm"])
    shown: dict[str, Any] = {
        "line": line,
        "listing": queries.listing(line, request.user, wanted, pick=pick),
        "wanted": request.GET,
        "may": may,
        "pages": [each for each in line.pages if not each.permission or request.user.has_perm(each.permission, line)],
        "today": clock.today().isoformat(),
    }
    if pick:
        start = {"on": clock.today(), "to": f"confirm:{wanted.get('waits', '')}"}
        shown["several"] = SeveralForm(line=line, works=may["work"], confirms=may["confirm"], initial=start)
    return render(request, "registers/register.html", shown)


def _as_of(request: MemberRequest, line: Line, wanted: dict[str, str]) -> HttpResponse:
    """The list as it stood on a day, against today's."""
    on = asked.day(wanted["as_of"])
    if on is None or on > clock.today():
        raise Http404
    baseline = queries.as_of(line, request.user, on, wanted)
    return render(request, "registers/as_of.html", {"line": line, "baseline": baseline, "wanted": request.GET})


@once
def new(request: MemberRequest, key: str) -> HttpResponse:
    """Enter a record at the line's first stage; one that is like another is entered when the person is sure."""
    line = line_for(request, key, "registers.work")
    start = {name: request.GET[name] for name in line.fields if name in request.GET}
    columns = queries.local_columns(line)
    form = record_form(line, line.fields, request.POST or None, person=request.user, columns=columns, initial=start)
    units = units_of(line, request.user, clock.today())
    today = clock.today()
    entry = EntryForm(request.POST or None, units=units, dated=not line.counts_on, initial={"on": today, **start})
    doubles: list[queries.Likely] = []
    sure = asked.numbers(request.POST.get("sure", ""))
    if form.is_valid() and entry.is_valid():
        unit, on = entry.cleaned_data["unit"], entry.cleaned_data.get("on", today)
        with refusals.beside(form):
            try:
                made = actions.enter(line, unit, form.facts(), on=on, today=today, looked_at=sure, by=request.user)
                return redirect(made)
            except actions.Alike as alike:
                doubles = alike.likely
    shown = {"line": line, "form": form, "entry": entry, "doubles": doubles, "sure": _sure(sure, doubles)}
    return render(request, "registers/form.html", shown)


def _sure(before: set[int], doubles: list[queries.Likely]) -> str:
    """The records that the next press of the button says are others: those shown now, and those shown before."""
    return " ".join(map(str, sorted(before | {each.record.pk for each in doubles})))


@require_GET
def record(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """What next?"""
    line, found = record_for(request, key, pk)
    actions.look_at(found, by=request.user)
    return _record(request, line, found)


def show(
    request: MemberRequest, line: Line, found: Any, *, template: str, extra: dict[str, Any] | None = None
) -> HttpResponse:
    """A record's page with what a line adds to it: its template extends the shared one."""
    actions.look_at(found, by=request.user)
    return _record(request, line, found, template=template, extra=extra)


def _record(
    request: MemberRequest,
    line: Line,
    found: Any,
    *,
    template: str = "registers/record.html",
    extra: dict[str, Any] | None = None,
    **forms: Any,
) -> HttpResponse:
    page = queries.record_page(line, found, request.user, on=clock.today())
    shown = {
        "line": line,
        "page": page,
        "nexts": [_next_stage(request, line, found, stage, forms) for stage in page.nexts],
        "reason_form": ReasonForm(auto_id="back-%s"),
        "merge_form": MergeForm(auto_id="merge-%s"),
        "limit_form": LimitForm(initial={"on": clock.today()}),
        "may": {name: request.user.has_perm(f"registers.{name}", found) for name in ("work", "confirm", "take_back")},
        "history": [found, *page.steps, *page.comments],
    }
    return render(request, template, {**shown, **(extra or {})})


def _next_stage(
    request: MemberRequest, line: Line, found: Any, stage: queries.NextStage, forms: dict[str, Any]
) -> dict[str, Any]:
    """One stage that may follow, with its forms; the one just refused keeps what was written in it."""
    refused = forms if forms.get("to") == stage.key else {}
    asked_for = [gap.field for gap in stage.gaps if gap.field in line.fields]
    start = {"on": clock.today(), "version": found.version}
    needs = record_form(line, asked_for, instance=found, person=request.user, needed=True)
    return {
        "key": stage.key,
        "label": stage.label,
        "gaps": [refusals.say(gap) for gap in stage.gaps],
        "needs": refused.get("needs") or needs,
        "form": refused.get("stage_form") or StageForm(initial=start, auto_id=f"{stage.key}-%s"),
    }


@once
def edit(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Correct a record's facts; whoever changed it meanwhile is not overwritten unseen."""
    line, found = record_for(request, key, pk, "registers.work")
    columns = queries.local_columns(line)
    own = line.model.objects.get(pk=pk)
    form = record_form(line, line.fields, request.POST or None, instance=own, person=request.user, columns=columns)
    version = request.POST.get("version", str(found.version))
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        with refusals.beside(form):
            try:
                return redirect(actions.edit(found, form.facts(), version=asked.number(version) or 0, by=request.user))
            except Refusal as refusal:
                if refusal.code == "form.stale":
                    # both are shown; saving once more is a decision between them
                    differences = queries.differences(line, found, own, form.facts().get("local"))
                    version = str(found.version)
                raise
    shown = {"line": line, "form": form, "record": found, "version": version, "differences": differences}
    return render(request, "registers/form.html", shown)


@require_POST
@once
def advance(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Record the next stage: its fields and its file are kept even where the stage itself is refused."""
    line, found = record_for(request, key, pk, "registers.work")
    actions.check_stands(found)
    to = request.POST.get("to", "")
    if to not in line.flow.following(found.stage):
        to = next(iter(line.flow.following(found.stage)), found.stage)
    names = [name for name in line.needs[to].fields if name in request.POST] if to in line.needs else []
    own = type(found).objects.get(pk=pk)
    needs = record_form(line, names, request.POST, instance=own, person=request.user, needed=True)
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
    _line, found = record_for(request, key, pk, "registers.confirm")
    decision = "returned" if request.POST.get("decision") == "returned" else "accepted"
    return redirect(actions.decide(found, stage, decision, reason=request.POST.get("reason", ""), by=request.user))


@require_POST
@once
def back(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """Take a record back to an earlier stage, with a reason."""
    line, found = record_for(request, key, pk, "registers.take_back")
    to = request.POST.get("to", "")
    if to not in [str(stage) for stage in line.flow.stages]:
        raise Http404
    return redirect(actions.go_back(found, to, reason=request.POST.get("reason", ""), by=request.user))
