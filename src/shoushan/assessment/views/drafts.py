"""Schemes being written: the list, a draft's page with what is open, and the parts that are not rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.assessment import actions
from shoushan.assessment.actions import Writing
from shoushan.assessment.forms import (
    AnswerForm,
    CommentForm,
    ConsultForm,
    GradesForm,
    HeadForm,
    QuestionForm,
    RewardForm,
    SectionsForm,
    StartForm,
    VetoForm,
    WithdrawForm,
)
from shoushan.assessment.models import SchemeDraft
from shoushan.assessment.queries.drafts import DraftShown, OpenShown, schemes_for, shown_draft
from shoushan.assessment.queries.figures import figures_for
from shoushan.assessment.queries.schemes import all_schemes
from shoushan.assessment.queries.texts import Content, content_of
from shoushan.assessment.queries.trying import tried_draft
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.scoring.questions import QUESTIONS
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once


@require_GET
def schemes(request: MemberRequest) -> HttpResponse:
    """By which rules is each year assessed, and what is being written for the next?"""
    demand(request.user, "assessment.view")
    shown = {"found": schemes_for(request.user), "may_draft": request.user.has_perm("assessment.draft")}
    return render(request, "assessment/schemes.html", shown)


@once
def start(request: MemberRequest) -> HttpResponse:
    """A new scheme, empty or as a copy."""
    demand(request.user, "assessment.draft")
    form = StartForm(request.POST or None, schemes=all_schemes(), initial={"year": clock.today().year + 1})
    if form.is_valid():
        with refusals.beside(form):
            year, title = form.cleaned_data["year"], form.cleaned_data["title"]
            made = actions.start_draft(year, title, copy=form.chosen(), at=clock.now(), by=request.user)
            return redirect(made)
    return render(request, "assessment/draft_start.html", {"form": form})


def seen_by(request: MemberRequest, pk: int) -> SchemeDraft:
    """A draft that this person may read."""
    demand(request.user, "assessment.view")
    return get_object_or_404(SchemeDraft.objects.visible_to(request.user).select_related("changed_by"), pk=pk)


def writing(request: MemberRequest, draft: SchemeDraft) -> Writing:
    """Who writes, on the version the form was opened with."""
    version = asked.number(request.POST.get("version"))
    return Writing(draft.version if version is None else version, clock.now(), request.user)


@require_GET
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """What does it say, what is open, and what do units say?"""
    return page(request, seen_by(request, pk))


def page(request: MemberRequest, found: SchemeDraft, **forms: Any) -> HttpResponse:
    """The page of a draft, perhaps with a form that was refused."""
    it = shown_draft(found)
    may_draft = request.user.has_perm("assessment.draft") and found.is_being_written
    is_asking = found.state == SchemeDraft.State.CONSULTING
    is_in_time = found.asked_until is not None and clock.today() <= found.asked_until
    may_comment = is_asking and is_in_time and request.user.has_perm("assessment.comment")
    refused: QuestionForm | None = forms.pop("question_form", None)
    shown: dict[str, Any] = {"it": it, "may_draft": may_draft, "may_comment": may_comment}
    shown["may_compare"] = request.user.has_perm("assessment.compare")
    if may_draft:
        again = request.GET.get("ask", "")
        shown |= {
            "questions": _asked(it, refused, again),
            "consult_form": ConsultForm(),
            "withdraw_form": WithdrawForm(),
        }
    if may_comment:
        shown["comment_form"] = CommentForm(content=it.content)
    if may_draft and is_asking:
        shown["answer_form"] = AnswerForm()
    return render(request, "assessment/draft.html", {**shown, **forms})


def _asked(it: DraftShown, refused: QuestionForm | None, again: str) -> list[Any]:
    """Each open question with its form, and one that is to be answered anew; what each rule answers has none."""
    anew = [OpenShown(key, words, [], True) for key, words, _answer in it.answered if key == again]
    return [
        (each, _question_form(it, each.key, refused) if each.is_for_all else None) for each in [*anew, *it.questions]
    ]


def _question_form(it: DraftShown, key: str, refused: QuestionForm | None) -> QuestionForm:
    if refused is not None and refused.question == key:
        return refused
    return QuestionForm(question=key, content=it.content, figures=it.figures)


@require_POST
@once
def answer(request: MemberRequest, pk: int, question: str) -> HttpResponse:
    """An open question is answered once for the whole scheme."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    if question not in QUESTIONS:
        raise Http404
    content = content_of(found)
    form = QuestionForm(request.POST, question=question, content=content, figures=figures_for(found.year))
    if form.is_valid():
        with refusals.beside(form):
            actions.answer_question(found, question, form.answer(), as_=writing(request, found))
            return redirect(f"{found.get_absolute_url()}#open")
    return page(request, found, question_form=form)


@once
def head(request: MemberRequest, pk: int) -> HttpResponse:
    """Its title and its document."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    form = HeadForm(request.POST or None, initial={"title": found.title, "source": found.source})
    if form.is_valid():
        with refusals.beside(form):
            actions.set_head(found, **form.cleaned_data, as_=writing(request, found))
            return redirect(found)
    return _part_page(request, found, form, _("Title and document"))


@once
def sections(request: MemberRequest, pk: int) -> HttpResponse:
    """Its sections with their weights."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    form = SectionsForm(request.POST or None, content=content_of(found))
    return _part(request, found, form, _("Sections and weights"), "sections", lambda: form.sections())


@once
def grades(request: MemberRequest, pk: int) -> HttpResponse:
    """Its grades."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    form = GradesForm(request.POST or None, content=content_of(found))
    return _part(request, found, form, _("Grades"), "grades", lambda: form.grades())


def _part(
    request: MemberRequest,
    found: SchemeDraft,
    form: Any,
    title: str,
    part: str,
    written: Callable[[], Any],
    *,
    goes: bool = False,
    **more: Any,
) -> HttpResponse:
    """The form of one part of a draft: written where it is complete (or one of its entries goes), else shown."""
    if goes or form.is_valid():
        with refusals.beside(form):
            actions.put_part(found, part, written(), as_=writing(request, found))
            return redirect(found)
    return _part_page(request, found, form, title, **more)


def _part_page(request: MemberRequest, found: SchemeDraft, form: Any, title: str, **more: Any) -> HttpResponse:
    shown = {"draft": found, "form": form, "title": title, "version": version_of(request, found), **more}
    return render(request, "assessment/draft_part.html", shown)


def version_of(request: MemberRequest, found: SchemeDraft) -> int:
    """The version the writer has before them, also when a form comes back."""
    sent = asked.number(request.POST.get("version"))
    return found.version if sent is None else sent


@once
def veto(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One veto: written anew, changed, or taken out; 0 is a new one."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    content = content_of(found)
    before = _nth(content.get("vetoes", []), number)
    figures = figures_for(found.year)
    form = VetoForm(request.POST or None, content=content, figures=figures, veto=before)
    goes = request.POST.get("do") == "remove"
    return _part(
        request, found, form, _("Veto"), "vetoes",
        lambda: _with(content.get("vetoes", []), number, None if goes else form.veto()),
        goes=goes, may_remove=number > 0,
    )  # fmt: skip


@once
def reward(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """What follows from a grade or a rank: written anew, changed, or taken out; 0 is a new one."""
    demand(request.user, "assessment.draft")
    found = seen_by(request, pk)
    content = content_of(found)
    before = _nth(content.get("consequences", []), number)
    form = RewardForm(request.POST or None, content=content, reward=before)
    goes = request.POST.get("do") == "remove"
    return _part(
        request, found, form, _("What follows"), "consequences",
        lambda: _with(content.get("consequences", []), number, None if goes else form.reward()),
        goes=goes, may_remove=number > 0,
    )  # fmt: skip


def _nth(parts: list[Content], number: int) -> Content | None:
    """The part of a number, counted from 1; none for a new one."""
    if number > len(parts):
        raise Http404
    return parts[number - 1] if number else None


def _with(parts: list[Content], number: int, written: Content | None) -> list[Content]:
    """The parts with one of them written anew, added, or taken out."""
    new = [] if written is None else [written]
    return [*parts, *new] if not number else [*parts[: number - 1], *new, *parts[number:]]


@require_GET
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What would each unit get on last year's figures? Never a result."""
    demand(request.user, "assessment.compare")
    found = seen_by(request, pk)
    it = shown_draft(found)
    scheme = it.examined.scheme
    trial = tried_draft(scheme, it.figures, year=found.year, at=clock.now()) if scheme else None
    looked_at = trial.of(request.GET.get("unit", "")) if trial else None
    return render(request, "assessment/draft_preview.html", {"it": it, "trial": trial, "looked_at": looked_at})
