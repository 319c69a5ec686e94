"""One rule of a draft: its shape chosen by words and examples, its form with a live preview, its worked cases."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.assessment import actions
from shoushan.assessment.forms import CaseForm, RuleForm
from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.drafts import shown_case
from shoushan.assessment.queries.figures import Figures, figures_for
from shoushan.assessment.queries.shapes import SHAPES
from shoushan.assessment.queries.texts import Content, cases_of, content_of, rules_of
from shoushan.assessment.queries.trying import case_of, facts_of_rule, tried_rule, units_of_case
from shoushan.assessment.views.drafts import seen_by, version_of, writing
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock, refusals
from shoushan.web.once import once

TRIAL_UNITS = 3


@require_GET
def choose(request: MemberRequest, pk: int) -> HttpResponse:
    """How does the text give points? Each shape in words, with an example."""
    demand(request.user, "assessment.draft")
    return render(request, "assessment/rule_choose.html", {"draft": seen_by(request, pk), "shapes": SHAPES.values()})


@once
def new(request: MemberRequest, pk: int, shape: str) -> HttpResponse:
    """A rule of a shape."""
    demand(request.user, "assessment.draft")
    if shape not in SHAPES:
        raise Http404
    return _rule(request, seen_by(request, pk), shape, None)


@once
def change(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """A rule that is there: its form, its worked cases, and the way out."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    rule = rule_of(found, name)
    return _rule(request, found, next(iter(rule["method"])), rule)


def rule_of(found: SchemeDraft, name: str) -> Content:
    rule = rules_of(content_of(found)).get(name)
    if rule is None:
        raise Http404
    return rule


def _form(request: MemberRequest, found: SchemeDraft, shape: str, rule: Content | None) -> tuple[RuleForm, Figures]:
    content = content_of(found)
    figures = figures_for(found.year, _used(content))
    return RuleForm(request.POST or None, shape=shape, content=content, figures=figures, rule=rule), figures


def _used(content: Content) -> set[str]:
    """The figures that rules count case by case or as they are: what a copied text names keeps its words."""
    used: set[str] = set()
    for rule in content["rules"]:
        [(_kind, numbers)] = rule["method"].items()
        used |= set(numbers.get("each", {}))
        used |= {each for each in rule.get("indicator", {}).values() if isinstance(each, str)}
    return used


def _rule(request: MemberRequest, found: SchemeDraft, shape: str, rule: Content | None) -> HttpResponse:
    form, figures = _form(request, found, shape, rule)
    is_trial = request.POST.get("do") == "try"
    shown: dict[str, Any] = {"draft": found, "form": form, "shape": SHAPES[shape], "rule": rule}
    if form.is_valid() and not is_trial:
        with refusals.beside(form):
            made = form.rule()
            done = actions.put_rule(found, made, as_=writing(request, found), names=form.names())
            messages.success(request, _("The rule is saved. Work a case with it now."))
            return redirect("rule-case", done.pk, made["id"])
    shown |= {"version": version_of(request, found), **_preview(request, found, form, figures)}
    if rule is not None:
        shown["cases"] = [shown_case(each) for each in cases_of(found) if each.get("rule") == rule["id"]]
    return render(request, "assessment/rule.html", shown)


@require_POST
def preview(request: MemberRequest, pk: int, shape: str) -> HttpResponse:
    """What the rule gives as it stands in the form: sent with each change, and never kept."""
    demand(request.user, "assessment.draft")
    if shape not in SHAPES:
        raise Http404
    found = seen_by(request, pk)
    rule = rules_of(content_of(found)).get(request.GET.get("rule", ""))
    form, figures = _form(request, found, shape, rule)
    return render(request, "assessment/rule_preview.html", _preview(request, found, form, figures))


def _preview(request: MemberRequest, found: SchemeDraft, form: RuleForm, figures: Figures) -> dict[str, Any]:
    """The trial of what stands in the form; the page of a rule that is only opened asks for it once it is there."""
    if not form.is_bound or not form.is_valid():
        return {"trial": None, "waits": True}
    content, made, names = content_of(found), form.rule(), form.names()
    if names:
        content["names"] = {**content.get("names", {}), **names}
    trial = tried_rule(content, made, figures, at=clock.now())
    shown: dict[str, Any] = {"trial": trial, "typing": [], "missing": trial.missing_words}
    if trial.missing and trial.refusal is None:
        facts = [(name, figures.label(name)) for name in facts_of_rule(content, made)]
        typed = _typed(request, facts)
        shown["typing"] = _typing(request, facts)
        if any(value is not None for values in typed.values() for value in values.values()):
            trial = tried_rule(content, made, figures, at=clock.now(), typed=typed)
            shown["trial"] = trial
    shown["said"] = refusals.say_all(trial.refusal) if trial.refusal else []
    shown["looked_at"] = trial.of(request.POST.get("looked_at", ""))
    return shown


def _typed(request: MemberRequest, facts: list[tuple[str, str]]) -> dict[str, dict[str, Decimal | None]]:
    """Three values typed for the purpose, by unit and figure."""
    return {
        _unit(at): {name: _decimal(request.POST.get(f"trial_{at}_{of}", "")) for of, (name, _w) in enumerate(facts)}
        for at in range(TRIAL_UNITS)
    }


def _unit(at: int) -> str:
    return _("unit %(number)s") % {"number": at + 1}


def _decimal(written: str) -> Decimal | None:
    try:
        found = Decimal(written.strip()[:20])
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _typing(request: MemberRequest, facts: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """The fields of the trial, as they were filled."""
    return [
        {
            "unit": _unit(at),
            "fields": [
                (f"trial_{at}_{of}", words, request.POST.get(f"trial_{at}_{of}", ""))
                for of, (_name, words) in enumerate(facts)
            ],
        }
        for at in range(TRIAL_UNITS)
    ]


@require_POST
@once
def remove(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Take a rule out, with its cases."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    rule = rule_of(found, name)
    actions.drop_rule(found, name, as_=writing(request, found))
    messages.success(request, _("“%(rule)s” is taken out.") % {"rule": rule["label"]})
    return redirect(found)


@once
def case(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """What would a unit get? The page works it out, and asks whether the text says so; then it is kept."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    rule, content = rule_of(found, name), content_of(found)
    figures = figures_for(found.year, _used(content))
    facts = [(each, figures.label(each)) for each in facts_of_rule(content, rule)]
    form = CaseForm(request.POST or None, units=[*units_of_case(rule)], facts=facts)
    shown: dict[str, Any] = {"draft": found, "rule": rule, "form": form, "version": version_of(request, found)}
    if form.is_valid():
        with refusals.beside(form):
            worked = case_of(content, rule, form.typed(), figures)
            if request.POST.get("do") == "keep":
                actions.keep_case(found, worked, as_=writing(request, found))
                messages.success(request, _("The case is kept: whenever the rule is changed, it is worked again."))
                return redirect("rule", found.pk, name)
            shown["worked"] = shown_case(worked)
    shown["cases"] = [shown_case(each) for each in cases_of(found) if each.get("rule") == name]
    return render(request, "assessment/rule_case.html", shown)


@require_POST
@once
def drop_case(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Take a worked case out."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    actions.drop_case(found, name, request.POST.get("case", ""), as_=writing(request, found))
    return redirect("rule", found.pk, name)
