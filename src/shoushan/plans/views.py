"""Documents, and the review of what one commits to."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.orgs.models import Person
from shoushan.plans import actions, queries
from shoushan.plans.forms import DocumentForm, GoalForm, proposed
from shoushan.plans.models import Document, Passage
from shoushan.web import clock, refusals
from shoushan.web.once import once


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


@once
def documents(request: MemberRequest) -> HttpResponse:
    """Which words bind us? The supervision office adds another document here."""
    demand(request, "plans.decide" if request.method == "POST" else "plans.view")
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
    demand(request, "plans.view")
    found = get_object_or_404(Document.objects.select_related("year"), pk=pk)
    return render(
        request,
        "plans/document.html",
        {"review": queries.review(found), "may_decide": request.user.has_perm("plans.decide")},
    )


@once
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Look at one passage, correct what the reader proposes, and confirm it as a goal."""
    demand(request, "plans.decide")
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
    demand(request, "plans.decide")
    return redirect(actions.drop(get_object_or_404(Passage, pk=pk), by=request.user))


@require_POST
def reconsider(request: MemberRequest, pk: int) -> HttpResponse:
    demand(request, "plans.decide")
    return redirect(actions.reconsider(get_object_or_404(Passage, pk=pk), by=request.user))
