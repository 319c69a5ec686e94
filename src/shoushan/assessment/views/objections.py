"""Objections: raised from a score line, answered in writing with the effect shown first, appealed once."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.assessment import actions
from shoushan.assessment.forms import AdmitForm, AnswerForm, AppealForm, EffectForm, ObjectForm
from shoushan.assessment.models import Objection, ScoreLine
from shoushan.assessment.queries import objections as queries
from shoushan.assessment.queries.public import last_day
from shoushan.assessment.queries.sheets import sheet_line
from shoushan.evidence import actions as evidence
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


@require_GET
def objections(request: MemberRequest) -> HttpResponse:
    """Which lines do units object to, and what was answered?"""
    demand(request.user, "assessment.view")
    shown = {"objections": queries.objections_of(request.user)}
    return render(request, "assessment/objections.html", shown)


@once
def object_to(request: MemberRequest, pk: int) -> HttpResponse:
    """What is wrong with this line? In words, with what proves it."""
    line = get_object_or_404(
        ScoreLine.objects.select_related("score__unit", "score__assessment__snapshot__year"), pk=pk
    )
    demand(request.user, "assessment.object", line.score.unit)
    form = ObjectForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        file = given.pop("file")
        with refusals.beside(form):
            made = actions.object_to(line, **given, at=clock.now(), by=request.user)
            if file:
                evidence.add(made, file.read(), file.name, by=request.user)
            return redirect(made)
    shown = {"line": sheet_line(line), "form": form, "until": last_day(line), "on": clock.today()}
    return render(request, "assessment/object.html", shown)


def _seen_by(request: MemberRequest, pk: int) -> Objection:
    return get_object_or_404(Objection.objects.visible_to(request.user).with_line(), pk=pk)


@require_GET
def objection(request: MemberRequest, pk: int) -> HttpResponse:
    """Was the line right? What the unit says, what would change, and what was answered."""
    demand(request.user, "assessment.view")
    return _page(request, _seen_by(request, pk))


def _page(request: MemberRequest, found: Objection, **forms: Any) -> HttpResponse:
    page = queries.page_of(found, request.user, on=clock.today())
    tried = EffectForm(request.GET if "fact" in request.GET else None, facts=page.line.facts)
    shown: dict[str, Any] = {"page": page, "effect_form": tried, "answer_form": AnswerForm()}
    shown |= {"appeal_form": AppealForm(), "admit_form": AdmitForm()}
    if page.may_answer and tried.is_valid():
        with refusals.beside(tried):
            shown["effect"] = queries.tried(found, tried.correction(found.unit.code))
    return render(request, "assessment/objection.html", {**shown, **forms})


@require_POST
@once
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """The line stays, or the figure whose effect was shown is corrected and the year run anew."""
    demand(request.user, "assessment.answer")
    found, form = _seen_by(request, pk), AnswerForm(request.POST)
    tried = EffectForm(request.POST, facts=queries.facts_of(found.line))
    is_accepted = request.POST.get("decision") == "accept"
    if form.is_valid() and (tried.is_valid() or not is_accepted):
        given: dict[str, Any] = {"words": form.cleaned_data["words"], "at": clock.now(), "by": request.user}
        with refusals.beside(form):
            if is_accepted:
                seen = asked.number(request.POST.get("tried_on")) or 0
                actions.accept(found, correction=tried.correction(found.unit.code), tried_on=seen, **given)
            else:
                actions.refuse(found, **given)
            return redirect(found)
    return _page(request, found, answer_form=form)


@require_POST
@once
def admit(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a late objection in, or not."""
    demand(request.user, "assessment.manage")
    found, form = _seen_by(request, pk), AdmitForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            admitted, reason = request.POST.get("decision") == "admit", form.cleaned_data["reason"]
            actions.admit(found, admitted=admitted, reason=reason, at=clock.now(), by=request.user)
            return redirect(found)
    return _page(request, found, admit_form=form)


@require_POST
@once
def appeal(request: MemberRequest, pk: int) -> HttpResponse:
    """Once, to somebody else."""
    found, form = _seen_by(request, pk), AppealForm(request.POST)
    demand(request.user, "assessment.object", found.unit)
    if form.is_valid():
        with refusals.beside(form):
            actions.appeal(found, form.cleaned_data["appeal"], at=clock.now(), by=request.user)
            return redirect(found)
    return _page(request, found, appeal_form=form)
