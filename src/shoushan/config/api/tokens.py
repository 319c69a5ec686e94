"""Who calls: the person behind a bearer token."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from shoushan.ledger import moment
from shoushan.orgs.models import Person
from shoushan.orgs.queries import holder_of


class Caller(HttpRequest):
    """A request whose token has been accepted."""

    auth: Person


class Bearer(HttpBearer):
    """Accepts a token that is neither revoked nor at its end, of a person who may sign in."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        return holder_of(token, on=timezone.localdate(moment.current().at))
