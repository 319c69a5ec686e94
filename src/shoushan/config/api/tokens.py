"""Who calls: the person behind a bearer token."""

from __future__ import annotations

import hmac

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from shoushan.ledger import moment
from shoushan.orgs.actions import digest_of
from shoushan.orgs.models import Person, Token


class Caller(HttpRequest):
    """A request whose token has been accepted."""

    auth: Person


class Bearer(HttpBearer):
    """Accepts a token that is neither revoked nor at its end, of a person who may sign in."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        digest = digest_of(token)
        today = timezone.localdate(moment.current().at)
        known = (
            Token.objects.filter(digest=digest, revoked_at__isnull=True, ends_on__gte=today, person__is_active=True)
            .select_related("person")
            .first()
        )
        return known.person if known and hmac.compare_digest(known.digest, digest) else None
