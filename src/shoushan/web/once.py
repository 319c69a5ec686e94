"""A form posted twice is taken once, and both answers are the same.

    @once                                    the template has {% once %} inside its form
    def sign(request, pk): …

The record is written first and in the same transaction as the change: a second post waits for the first
(SQLite has one writer, PostgreSQL waits at the unique key) and is then led to the same place.

A browser that kept forms while it had no network (queue.js) sends each with the account that wrote it, asks for JSON,
and forgets a form only at {"ok": true, "location": "…"}: a page in between, from whomever, is never taken for that.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from shoushan.web import clock
from shoushan.web.models import Submission

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]
FIELD = "once"
LONGEST_KEY = 64
ACCOUNT = "Shoushan-Account"
TAKEN, A_DAY = "taken", 86_400


def new_key() -> str:
    return secrets.token_urlsafe(18)


def once(view: View[P]) -> View[P]:
    """Take each form of this view once; a form that was refused may be sent again."""

    @functools.wraps(view)
    def taken_once(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _is_of_another(request):
            return redirect_to_login(request.path)
        key = _key(request)
        if not key:
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                taken = Submission.objects.create(
                    key=key, person_id=request.user.pk or 0, location="", created=clock.now()
                )
                response = view(request, *args, **kwargs)
                _remember(taken, response)
        except IntegrityError:
            before = Submission.objects.filter(key=key, person_id=request.user.pk or 0).first()
            if before is None:
                raise
            response = HttpResponseRedirect(before.location or request.path)
        return _told(request, response, key)

    return taken_once


def _mark_taken(response: HttpResponse, key: str) -> HttpResponse:
    """Tell the browser which form was taken, so that it forgets what it kept of it, and nothing sooner."""
    if isinstance(response, HttpResponseRedirect):
        response.set_cookie(TAKEN, key, max_age=A_DAY, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _is_of_another(request: HttpRequest) -> bool:
    """A form that waited in a browser belongs to the account that wrote it, whoever is signed in by now."""
    signed_in = str(request.user.pk)
    return request.headers.get(ACCOUNT, signed_in) != signed_in


def _told(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """Where a taken form led, in JSON for the queue of a browser."""
    if isinstance(response, HttpResponseRedirect) and request.headers.get("Accept") == "application/json":
        return JsonResponse({"ok": True, "location": response.url})
    return _mark_taken(response, key)


def _key(request: HttpRequest) -> str:
    return request.POST.get(FIELD, "")[:LONGEST_KEY] if request.method == "POST" else ""


def _remember(taken: Submission, response: HttpResponse) -> None:
    """Keep where a taken form led; forget one that came back with errors, so that it may be mended and sent."""
    if isinstance(response, HttpResponseRedirect):
        taken.location = response.url
        taken.save(update_fields=["location"])
    else:
        taken.delete()
