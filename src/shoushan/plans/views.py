"""Documents and what they commit to, and goals: who carries how much, by when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans import actions, queries
from shoushan.plans.forms import DivideForm, DocumentForm, GoalForm, PointOutForm, ScheduleForm, proposed
from shoushan.plans.models import Document, Goal, Indicator, Passage
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


@once
def documents(request: MemberRequest) -> HttpResponse:
    """Which words bind us? The supervision office adds another document here."""
    demand(request.user, "plans.decide" if request.method == "POST" else "plans.view")
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            year = actions.open_year((given["delivered_on"] or clock.today()).year, by=request.user)
            return redirect(
                actions.add_document(
                    year, title=given["title"], text=given["text"], delivered_on=given["delivered_on"], by=request.user
                )
            )
    found = Document.objects.defer("text").select_related("year")
    return render(
        request,
        "plans/documents.html",
        {"documents": found, "form": form, "may_decide": request.user.has_perm("plans.decide")},
    )


@require_GET
def document(request: MemberRequest, pk: int) -> HttpResponse:
    """What does it commit us to?"""
    demand(request.user, "plans.view")
    found = get_object_or_404(Document.objects.select_related("year"), pk=pk)
    may_decide = request.user.has_perm("plans.decide")
    form = PointOutForm(text=found.text) if may_decide else None
    shown = {"review": queries.review(found), "may_decide": may_decide, "form": form}
    return render(request, "plans/document.html", shown)


@once
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Look at one passage, correct what the reader proposes, and confirm it as a goal."""
    demand(request.user, "plans.decide")
    passage = get_object_or_404(Passage.objects.select_related("document"), pk=pk)
    form = GoalForm(request.POST or None, initial=proposed(passage))
    if form.is_valid():
        with refusals.beside(form):
            actions.confirm(passage, form.terms(), by=request.user)
            messages.success(request, _("Confirmed. It is a goal from now on."))
            return redirect(passage)
    return render(request, "plans/confirm.html", {"passage": passage, "form": form})


@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    demand(request.user, "plans.decide")
    return redirect(actions.drop(get_object_or_404(Passage, pk=pk), by=request.user))


@require_POST
def reconsider(request: MemberRequest, pk: int) -> HttpResponse:
    demand(request.user, "plans.decide")
    return redirect(actions.reconsider(get_object_or_404(Passage, pk=pk), by=request.user))


@once
def point_out(request: MemberRequest, pk: int) -> HttpResponse:
    """Words that the reader has missed, typed or selected, become a passage to decide on."""
    demand(request.user, "plans.decide")
    document = get_object_or_404(Document, pk=pk)
    form = PointOutForm(request.POST or None, text=document.text)
    if form.is_valid():
        with refusals.beside(form):
            start, end = form.place()
            return redirect(actions.add_passage(document, start, end, kind=form.cleaned_data["kind"], by=request.user))
    return render(request, "plans/point_out.html", {"document": document, "form": form})


@require_GET
def goals(request: MemberRequest) -> HttpResponse:
    """What was promised, and who carries it?"""
    demand(request.user, "plans.view")
    listed = queries.goals(asked.number(request.GET.get("year")) or clock.today().year)
    return render(request, "plans/goals.html", {"listed": listed, "may_divide": request.user.has_perm("plans.divide")})


@once
def divide(request: MemberRequest, pk: int) -> HttpResponse:
    """Who carries how much? Looked at first, then saved."""
    demand(request.user, "plans.divide")
    goal = get_object_or_404(
        Goal.objects.visible_to(request.user).select_related("indicator", "passage__document"), pk=pk
    )
    form = DivideForm(request.POST or None, goal=goal, units=queries.units_to_divide_among(clock.today()))
    planned: list[queries.Part] = []
    if form.is_valid():
        with refusals.beside(form):
            if "look" not in request.POST:
                actions.divide(goal, **form.division(), by=request.user)
                messages.success(request, _("The division is saved."))
                return redirect(goal)
            planned = queries.parts(actions.plan_division(goal, **form.division()), form.chosen())
    return render(request, "plans/divide.html", {"goal": goal, "form": form, "planned": planned})


@once
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    """How much of it is due by when?"""
    demand(request.user, "plans.divide")
    goal = get_object_or_404(
        Goal.objects.visible_to(request.user).select_related("indicator", "passage__document"), pk=pk
    )
    form = ScheduleForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            actions.set_schedule(goal, form.portions(), by=request.user)
            messages.success(request, _("The schedule is saved."))
            return redirect(goal)
    return render(request, "plans/schedule.html", {"goal": goal, "form": form, "lines": queries.schedule_of(goal)})


@require_GET
def indicators(request: MemberRequest) -> HttpResponse:
    """What is measured at all?"""
    demand(request.user, "plans.view")
    return render(request, "plans/indicators.html", {"indicators": Indicator.objects.select_related("keeper")})
