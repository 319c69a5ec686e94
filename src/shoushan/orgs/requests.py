"""A request of somebody who is signed in, and the one way a view refuses a role."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from shoushan.orgs.models import Person


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def demand(person: Person, permission: str, thing: Any = None) -> None:
    """Let a person pass who may do this with the thing; 403 for whoever may not."""
    if not person.has_perm(permission, thing):
        raise PermissionDenied
