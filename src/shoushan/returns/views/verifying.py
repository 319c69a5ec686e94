"""The verifier's queue: one claim in focus, each decision leads to the next one, and several at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from shoushan.core.errors import Refusal
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.returns import actions
from shoushan.returns.models import Value
from shoushan.returns.queries import verifying
from shoushan.returns.queries.returned import COMMON_REASONS
from shoushan.web import asked, clock, refusals
from shoushan.web.once import once

ROWS = 50
MOST = 200


@require_GET
def verify(request: MemberRequest) -> HttpResponse:
    """Is it true?"""
    demand(request.user, "returns.verify")
    return _queue(request, asked.number(request.GET.get("at")))


@require_POST
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept a figure, or send it back with a reason; then the next one has the focus."""
    found = get_object_or_404(Value.objects.visible_to(request.user).select_related("entry__unit"), pk=pk)
    demand(request.user, "returns.verify", found.entry.unit)
    # looked up before the writing begins: the queue may be thousands long, and others wait to write
    return _decide(request, found, verifying.waiting(request.user, **_filter(request)).after(pk))


@once
def _decide(request: MemberRequest, found: Value, after: int | None) -> HttpResponse:
    number, reason = asked.number(request.POST.get("version")), request.POST.get("reason", "")
    try:
        if request.POST.get("decision") == "returned":
            actions.send_back(found, reason=reason, version=number, at=clock.now(), by=request.user)
        else:
            actions.accept(found, version=number, at=clock.now(), by=request.user)
    except Refusal as refusal:
        return _queue(request, found.pk, refusal=refusal, reason=reason)
    return redirect(f"/verify/?{_query(request, at=after)}#claimed")


@require_POST
def several(request: MemberRequest) -> HttpResponse:
    """Accept the figures that were chosen; each by itself, each refusal beside its figure."""
    demand(request.user, "returns.verify")
    chosen = dict(_chosen(request))
    values = Value.objects.visible_to(request.user).filter(pk__in=chosen).select_related(*verifying.RELATED)
    ordered = values.order_by(*verifying.ORDER)
    outcomes = actions.accept_several([(it, chosen[it.pk]) for it in ordered], at=clock.now(), by=request.user)
    told = [
        {"value": each.value, "refused": refusals.say_all(each.refusal) if each.refusal else []} for each in outcomes
    ]
    done = sum(each.refusal is None for each in outcomes)
    return render(
        request, "returns/several.html", {"outcomes": told, "done": done, "back": f"/verify/?{_query(request)}"}
    )


def _queue(request: MemberRequest, at: int | None, *, refusal: Refusal | None = None, reason: str = "") -> HttpResponse:
    """The queue with one claim in focus: the one asked for, else the first."""
    chosen = _filter(request)
    waiting = verifying.waiting(request.user, **chosen)
    pk = at if at in waiting.ids or refusal is not None else next(iter(waiting.ids), None)
    value = verifying.rows([pk])[0] if pk is not None else None
    start = waiting.ids.index(pk) // ROWS * ROWS if pk in waiting.ids else 0
    shown = {
        "claim": verifying.claim(value, request.user) if value else None,
        "is_waiting": pk in waiting.ids,
        "place": waiting.ids.index(pk) + 1 if pk in waiting.ids else 0,
        "before": _link(request, waiting.beside(pk, -1)),
        "after": _link(request, waiting.beside(pk, 1) or next(iter(waiting.ids), None)),
        "waiting": waiting,
        "rows": verifying.rows(waiting.ids[start : start + ROWS]),
        "chosen": chosen,
        "refusal": refusals.say(refusal) if refusal else None,
        "reason": reason,
        "reasons": COMMON_REASONS,
    }
    status = 200 if refusal is None else refusals.status(refusal)
    return render(request, "returns/verify.html", shown, status=status)


def _filter(request: MemberRequest) -> dict[str, str]:
    given = request.POST if request.method == "POST" else request.GET
    return {name: given.get(name, "")[:60] for name in ("unit", "indicator")}


def _query(request: MemberRequest, **more: Any) -> str:
    return urlencode({name: value for name, value in {**_filter(request), **more}.items() if value})


def _link(request: MemberRequest, pk: int | None) -> str:
    return f"/verify/?{_query(request, at=pk)}#claimed" if pk else ""


def _chosen(request: MemberRequest) -> list[tuple[int, int]]:
    """Each figure chosen with the version that was shown: ``12:3``."""
    found = []
    for written in request.POST.getlist("chosen")[:MOST]:
        pk, _colon, version = written.partition(":")
        numbers = asked.number(pk), asked.number(version)
        if numbers[0] is not None and numbers[1] is not None:
            found.append((numbers[0], numbers[1]))
    return found
