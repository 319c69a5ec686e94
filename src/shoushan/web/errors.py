"""Error pages that stand alone: no database, no person, no navigation; a fault gets a reference number."""

from __future__ import annotations

import logging
import secrets

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from shoushan.core.errors import Refusal
from shoushan.web import refusals
from shoushan.web.once import ACCOUNT

# what needs a fresh proof of who one is: its page leads there, and back
STEP_UP = "sign_in.step_up"
log = logging.getLogger("shoushan.web")


def _page(name: str, status: int, **shown: object) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{name}.html", shown), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("403", 403)


def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("404", 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Our own fault: the number on the page is the number in the log."""
    reference = secrets.token_hex(4)
    log.error("reference %s: %s %s", reference, request.method, request.path, exc_info=True)
    return _page("500", 500, reference=reference)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: opened too long ago, or sent from elsewhere.

    One that waited in a browser without a network is nobody's fault: its account signs in, and it is sent again.
    """
    if ACCOUNT in request.headers:
        return redirect_to_login(request.path)
    return _page("csrf", 403)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal nobody caught, as a page that says what would make it possible; for htmx as its message alone."""
    shown = {"refusals": refusals.say_all(refusal), "back": _came_from(request), "again": refusal.code == STEP_UP}
    if request.headers.get("HX-Request") == "true":
        response = render(request, "components/refusal.html", shown, status=refusals.status(refusal))
        response["HX-Retarget"], response["HX-Reswap"] = "#said", "innerHTML"
        return response
    return render(request, "errors/refused.html", shown, status=refusals.status(refusal))


def _came_from(request: HttpRequest) -> str:
    """The page of ours that led here, if one did."""
    page = request.headers.get("referer", "")
    return page if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()) else ""
