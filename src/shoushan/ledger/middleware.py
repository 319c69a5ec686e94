"""Gives every request its number and its time of receipt, before anything is decided."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shoushan.ledger.moment import acting
from shoushan.web import clock


class LedgerMiddleware:
    """Clocks run by the server's receipt of a request, not by its commit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(at=clock.now(), request=secrets.token_hex(8)):
            return self.get_response(request)
