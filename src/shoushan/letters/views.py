"""Letters: who has signed, what one says, and its paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shoushan.exchange import paper
from shoushan.letters import actions, queries
from shoushan.letters.models import Letter
from shoushan.orgs.models import Person
from shoushan.web import clock
from shoushan.web.once import once


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def letter_seen_by(request: MemberRequest, pk: int) -> Letter:
    """The letter, as if it were not there for whoever may not see it."""
    parties = ("unit", "year", "basis", "issuer__person", "issuer__unit", "receiver__person", "receiver__unit")
    return get_object_or_404(Letter.objects.visible_to(request.user).select_related(*parties), pk=pk)


@require_GET
def letters(request: MemberRequest) -> HttpResponse:
    """Who has signed?"""
    if not request.user.has_perm("letters.view"):
        raise PermissionDenied
    return render(request, "letters/letters.html", {"letters": queries.letters_of(request.user)})


@require_GET
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    """Signed what?"""
    found = letter_seen_by(request, pk)
    shown = {
        "letter": found,
        "annex": queries.annex_of(found),
        "signatures": found.signatures.filter(version=found.version).select_related("person", "post"),
        "amendments": found.amendments.select_related("share__goal", "proposed_by"),
        "may_sign": request.user.has_perm("letters.sign", found) and found.state in ("issued", "half_signed"),
        "may_issue": request.user.has_perm("letters.manage") and found.state == Letter.State.DRAFT,
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
    if not request.user.has_perm("letters.manage"):
        raise PermissionDenied
    return redirect(actions.issue(letter_seen_by(request, pk), on=clock.today(), by=request.user))


@require_POST
@once
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm the letter as one of its two signatories."""
    found = letter_seen_by(request, pk)
    if not request.user.has_perm("letters.sign", found):
        raise PermissionDenied
    signed = actions.sign(found, by=request.user)
    messages.success(request, _("Signed. From now on only an amendment changes it."))
    return redirect(signed)
