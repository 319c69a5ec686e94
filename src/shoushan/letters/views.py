"""Letters: who has signed, what one says, and its paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.exchange import paper
from shoushan.letters import actions, queries
from shoushan.letters.forms import AmendForm, BasisForm, DraftForm, EditForm, RefuseForm
from shoushan.letters.models import Amendment, Basis, Letter
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.plans.models import Year
from shoushan.web import clock, refusals
from shoushan.web.once import once


def letter_seen_by(request: MemberRequest, pk: int) -> Letter:
    """The letter, as if it were not there for whoever may not see it."""
    parties = ("unit", "year", "basis", "issuer__person", "issuer__unit", "receiver__person", "receiver__unit")
    return get_object_or_404(Letter.objects.visible_to(request.user).select_related(*parties), pk=pk)


@require_GET
def letters(request: MemberRequest) -> HttpResponse:
    """Who has signed?"""
    demand(request.user, "letters.view")
    shown: dict[str, Any] = {"letters": queries.letters_of(request.user)}
    if request.user.has_perm("letters.manage"):
        shown |= {"form": DraftForm(), "drafts": sum(it.state == Letter.State.DRAFT for it in shown["letters"])}
    return render(request, "letters/letters.html", shown)


@require_GET
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Signed what?"""
    found = letter_seen_by(request, pk)
    shown = {
        "letter": found,
        "annex": queries.annex_of(found),
        "signatures": found.signatures.select_related("person", "post"),
        "amendments": found.amendments.select_related("share__goal", "proposed_by"),
        "may_sign": request.user.has_perm("letters.sign", found) and found.state in ("issued", "half_signed"),
        "may_issue": request.user.has_perm("letters.manage") and found.state == Letter.State.DRAFT,
        "may_amend": request.user.has_perm("letters.amend", found) and found.state == Letter.State.IN_FORCE,
    }
    return render(request, "letters/letter.html", shown)


@require_GET
def pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """The letter on paper, in the language of the institution."""
    found = letter_seen_by(request, pk)
    with translation.override("zh-hans"):
        made = paper.letter_pdf(queries.paper_of(found))
    name = f'inline; filename="letter-{found.unit.code}-{found.year.number}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


@require_POST
@once
def issue(request: MemberRequest, pk: int) -> HttpResponse:
    demand(request.user, "letters.manage")
    return redirect(actions.issue(letter_seen_by(request, pk), on=clock.today(), by=request.user))


@require_POST
@once
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm the letter as one of its two signatories."""
    found = letter_seen_by(request, pk)
    demand(request.user, "letters.sign", found)
    signed = actions.sign(found, by=request.user)
    if signed.state == Letter.State.IN_FORCE:
        messages.success(request, _("Signed. From now on only an amendment changes it."))
    else:
        messages.success(request, _("Signed. It waits for the other party now."))
    return redirect(signed)


@once
def bases(request: MemberRequest) -> HttpResponse:
    """What allows our letters? The supervision office enters each document here."""
    demand(request.user, "letters.manage")
    form = BasisForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            actions.add_basis(**form.cleaned_data, by=request.user)
            return redirect("letter-bases")
    return render(request, "letters/bases.html", {"bases": Basis.objects.all(), "form": form})


@require_POST
@once
def draft_all(request: MemberRequest) -> HttpResponse:
    """A draft for every unit that carries a share this year and has none."""
    demand(request.user, "letters.manage")
    form = DraftForm(request.POST)
    if not form.is_valid():
        return redirect("letters")
    year = get_object_or_404(Year, number=clock.today().year)
    drafted = actions.draft_all(year, basis=form.cleaned_data["basis"], by=request.user)
    messages.success(request, _("Drafted: %(count)s.") % {"count": len(drafted)})
    return redirect("letters")


@require_POST
@once
def issue_all(request: MemberRequest) -> HttpResponse:
    """Issue what can be issued, and say of each letter that stays why it does."""
    demand(request.user, "letters.manage")
    year = get_object_or_404(Year, number=clock.today().year)
    done = actions.issue_all(year, on=clock.today(), by=request.user)
    messages.success(request, _("Issued: %(count)s.") % {"count": len(done.letters)})
    for stays, refusal in done.refused:
        messages.error(request, f"{stays.unit.name}: {refusals.say(refusal).whole}")
    return redirect("letters")


@once
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a draft says beside its annex."""
    found = letter_seen_by(request, pk)
    demand(request.user, "letters.manage")
    standing = {"basis": found.basis_id, "measures": found.measures, "rewards": found.rewards}
    form = EditForm(request.POST or None, initial=standing)
    if form.is_valid():
        with refusals.beside(form):
            return redirect(actions.edit_draft(found, **form.cleaned_data, by=request.user))
    return render(request, "letters/edit.html", {"letter": found, "form": form})


@once
def amend(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose another target for one line of a letter in force."""
    found = letter_seen_by(request, pk)
    demand(request.user, "letters.amend", found)
    annex = queries.annex_of(found)
    form = AmendForm(request.POST or None, annex=annex)
    if form.is_valid():
        with refusals.beside(form):
            given = form.cleaned_data
            share = next(line.share for line in annex if line.share_id == given["share"])
            proposed = actions.propose(
                found,
                share,
                after=given["after"],
                ground=given["ground"],
                explanation=given["explanation"],
                on=clock.today(),
                by=request.user,
            )
            return redirect(proposed)
    return render(request, "letters/amend.html", {"letter": found, "form": form})


def amendment_seen_by(request: MemberRequest, pk: int) -> Amendment:
    related = (
        "letter__unit", "letter__year", "letter__issuer__person", "letter__receiver__person",
        "share__goal", "proposed_by", "unit_signed_by", "district_signed_by",
    )  # fmt: skip
    return get_object_or_404(Amendment.objects.visible_to(request.user).select_related(*related), pk=pk)


@require_GET
def amendment(request: MemberRequest, pk: int) -> HttpResponse:
    """What changes, on what ground, and who has signed?"""
    return _amendment_page(request, amendment_seen_by(request, pk), RefuseForm())


def _amendment_page(request: MemberRequest, found: Amendment, form: RefuseForm) -> HttpResponse:
    signed = {found.unit_signed_by_id, found.district_signed_by_id}
    may_sign = found.is_open and request.user.has_perm("letters.sign", found.letter) and request.user.pk not in signed
    may_refuse = found.is_open and request.user.has_perm("letters.amend", found.letter)
    shown = {"amendment": found, "form": form, "may_sign": may_sign, "may_refuse": may_refuse}
    return render(request, "letters/amendment.html", shown)


@require_POST
@once
def sign_amendment(request: MemberRequest, pk: int) -> HttpResponse:
    found = amendment_seen_by(request, pk)
    demand(request.user, "letters.sign", found.letter)
    return redirect(actions.sign_amendment(found, by=request.user))


@require_POST
@once
def refuse_amendment(request: MemberRequest, pk: int) -> HttpResponse:
    found = amendment_seen_by(request, pk)
    demand(request.user, "letters.amend", found.letter)
    form = RefuseForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            return redirect(actions.refuse_amendment(found, reason=form.cleaned_data["reason"], by=request.user))
    return _amendment_page(request, found, form)
