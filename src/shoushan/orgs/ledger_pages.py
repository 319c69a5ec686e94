"""The ledger's pages (留痕): they stand here because the ledger itself knows people only by their ids."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from shoushan.ledger import hidden
from shoushan.ledger.models import Event
from shoushan.ledger.queries import entries, kind_of
from shoushan.ledger.verify import WORDS, verify
from shoushan.orgs import timeline
from shoushan.orgs.models import Person
from shoushan.orgs.requests import MemberRequest

ROWS = 50


def seen_by(person: Person) -> Any:
    """Auditors and administrators see every event but those hidden from them; everybody their own acts."""
    events = hidden.readable(Event.objects.order_by("-pk"), person)
    return events if person.has_perm("ledger.view_all") else events.filter(person_id=person.pk)


@require_GET
def events(request: MemberRequest) -> HttpResponse:
    """Who did what?"""
    page = Paginator(seen_by(request.user), ROWS).get_page(request.GET.get("page"))
    rows = entries(page.object_list)
    shown = {
        "page": page,
        "rows": list(zip(rows, timeline.tell(rows), strict=True)),
        "may_verify": request.user.has_perm("ledger.verify"),
    }
    return render(request, "orgs/ledger.html", shown)


@require_GET
def event(request: MemberRequest, pk: int) -> HttpResponse:
    """One event: the bytes that are hashed, and where it stands."""
    found = get_object_or_404(Event, pk=pk)
    if not seen_by(request.user).filter(pk=pk).exists() and not _sees_subject(request.user, found):
        raise Http404
    entry = entries(Event.objects.filter(pk=pk))[0]
    shown = {"entry": entry, "told": timeline.tell([entry])[0], "bytes": bytes(found.body).decode()}
    return render(request, "orgs/event.html", shown)


def _sees_subject(person: Person, found: Event) -> bool:
    """Whoever sees a thing sees what happened to it."""
    kind = kind_of(found.subject)
    visible = getattr(kind._default_manager.all(), "visible_to", None) if kind else None
    return visible is not None and visible(person).filter(pk=found.subject_id).exists()


@require_POST
def check(request: MemberRequest) -> HttpResponse:
    """Does every row look as its last event left it?"""
    if not request.user.has_perm("ledger.verify"):
        raise PermissionDenied
    report = verify()
    gone = [(kind, count) for kind, count in sorted(report.gone.items())]
    said = [gettext(WORDS[finding.kind]) % finding.params() for finding in report.findings[:200]]
    return render(request, "orgs/verified.html", {"report": report, "said": said, "gone": gone})
