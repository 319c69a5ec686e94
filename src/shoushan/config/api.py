"""The API's root: bearer tokens of a person, the same permissions and the same refusals as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from shoushan.core.errors import Refusal
from shoushan.web import refusals

api = NinjaAPI(title="Shoushan", version="1", urls_namespace="api")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal has one shape everywhere: ok, code, message, hint."""
    return api.create_response(request, refusals.as_json(refusal), status=refusals.status(refusal))
