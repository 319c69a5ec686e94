"""The API: a person's bearer token, the same permissions as the pages, and the same refusals."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError
from ninja.errors import ValidationError as BadInput

from shoushan.config.api.access import ABSENT
from shoushan.config.api.follow_ups import router as follow_ups
from shoushan.config.api.importing import router as importing
from shoushan.config.api.limits import router as limits
from shoushan.config.api.meetings import router as meetings
from shoushan.config.api.promises import router as promises
from shoushan.config.api.reading import router as reading
from shoushan.config.api.records import router as records
from shoushan.config.api.registers import router as registers
from shoushan.config.api.requests import router as requests
from shoushan.config.api.tokens import Bearer
from shoushan.config.api.verifying import router as verifying
from shoushan.config.api.warnings import router as warnings
from shoushan.config.api.writing import router as writing
from shoushan.core.errors import Refusal, mark
from shoushan.web import refusals

api = NinjaAPI(title="Shoushan", version="1", urls_namespace="api", auth=Bearer(), docs_url=None)
api.add_router("", reading)
api.add_router("", writing)
api.add_router("", verifying)
api.add_router("", records)
api.add_router("", importing)
api.add_router("", limits)
api.add_router("", registers)
api.add_router("", promises)
api.add_router("", warnings)
api.add_router("", meetings)
api.add_router("", follow_ups)
api.add_router("", requests)

NO_TOKEN = Refusal(
    "api.token",
    mark("This call has no valid token."),
    hint=mark("Issue one on your own page and send it as “Authorization: Bearer …”."),
)
FORBIDDEN = Refusal(
    "access.role",
    mark("None of your roles may do this."),
    hint=mark("Ask the administrator for a role."),
)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal has one shape everywhere: ok, code, message, hint."""
    return api.create_response(request, refusals.as_json(refusal), status=refusals.status(refusal))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return api.create_response(request, refusals.as_json(NO_TOKEN), status=401)


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    return api.create_response(request, refusals.as_json(FORBIDDEN), status=403)


@api.exception_handler(Http404)
def absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    """What is foreign and what is not there answer alike."""
    return api.create_response(request, refusals.as_json(ABSENT), status=404)


@api.exception_handler(BadInput)
def unreadable(request: HttpRequest, error: BadInput) -> HttpResponse:
    """Input of the wrong shape names the first field that does not fit."""
    first = error.errors[0]
    field = str(first["loc"][-1])
    refusal = Refusal(
        "api.input",
        mark("“%(field)s” cannot be read: %(fault)s."),
        hint=mark("The shape of every call stands in /api/v1/openapi.json."),
        params={"field": field, "fault": first["msg"]},
        field=field,
    )
    return api.create_response(request, refusals.as_json(refusal), status=422)


def urls() -> tuple[Any, ...]:
    """The API's addresses: whoever calls shows a token, so none of them asks for a signed-in session."""
    patterns, *rest = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, *rest
