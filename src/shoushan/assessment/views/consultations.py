"""A draft on its way: put to the units, commented on, answered, published, or withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shoushan.assessment import actions
from shoushan.assessment.forms import AnswerForm, CommentForm, ConsultForm, WithdrawForm
from shoushan.assessment.models import SchemeComment
from shoushan.assessment.queries.texts import content_of
from shoushan.assessment.views.drafts import page, seen_by
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import clock, dates, refusals
from shoushan.web.once import once


@require_POST
@once
def consult(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the units until a day."""
    demand(request.user, "assessment.draft")
    found, form = seen_by(request, pk), ConsultForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            asked = actions.consult(found, form.cleaned_data["until"], at=clock.now(), by=request.user)
            said = _("The units are asked, and may comment until %(day)s.") % {"day": dates.day(asked.asked_until)}
            messages.success(request, said)
            return redirect(found)
    return page(request, found, consult_form=form)


@require_POST
@once
def comment(request: MemberRequest, pk: int) -> HttpResponse:
    """A unit says what should be otherwise."""
    demand(request.user, "assessment.comment")
    found = seen_by(request, pk)
    form = CommentForm(request.POST, content=content_of(found))
    if form.is_valid():
        with refusals.beside(form):
            said = form.cleaned_data
            made = actions.comment(found, said["words"], rule=said["rule"], at=clock.now(), by=request.user)
            return redirect(made)
    return page(request, found, comment_form=form)


@require_POST
@once
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """The office answers a comment in writing."""
    demand(request.user, "assessment.draft")
    found = get_object_or_404(SchemeComment.objects.select_related("draft", "unit"), pk=pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            actions.answer_comment(found, form.cleaned_data["words"], at=clock.now(), by=request.user)
            return redirect(found)
    return page(request, seen_by(request, found.draft_id), answer_form=form, answering=pk)


@require_POST
@once
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """From now on it is the scheme of its year."""
    demand(request.user, "assessment.draft")
    done = actions.publish_scheme(seen_by(request, pk), at=clock.now(), by=request.user)
    messages.success(request, _("Published. The year %(year)s is assessed by it.") % {"year": done.year})
    return redirect(done)


@require_POST
@once
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Give it up, for a reason."""
    demand(request.user, "assessment.draft")
    found, form = seen_by(request, pk), WithdrawForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            actions.withdraw(found, form.cleaned_data["reason"], at=clock.now(), by=request.user)
            return redirect("schemes")
    return page(request, found, withdraw_form=form)
