"""A form posted twice is taken once, and both answers are the same.

    @once                                    the template has {% once %} inside its form
    def sign(request, pk): …

The record is written first and in the same transaction as the change: a second post waits for the first
(SQLite has one writer, PostgreSQL waits at the unique key) and is then led to the same place.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from shoushan.web import clock
from shoushan.web.models import Submission

P = ParamSpec("P")
View = Callable[Concatenate[Any, P], HttpResponse]
FIELD = "once"
LONGEST_KEY = 64


def new_key() -> str:
    return secrets.token_urlsafe(18)


def once(view: View[P]) -> View[P]:
    """Take each form of this view once; a form that was refused may be sent again."""

    @functools.wraps(view)
    def taken_once(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
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
            return HttpResponseRedirect(before.location or request.path)
        return response

    return taken_once


def _key(request: HttpRequest) -> str:
    return request.POST.get(FIELD, "")[:LONGEST_KEY] if request.method == "POST" else ""


def _remember(taken: Submission, response: HttpResponse) -> None:
    """Keep where a taken form led; forget one that came back with errors, so that it may be mended and sent."""
    if isinstance(response, HttpResponseRedirect):
        taken.location = response.url
        taken.save(update_fields=["location"])
    else:
        taken.delete()
