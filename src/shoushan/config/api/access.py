"""What the caller may touch: a foreign thing is absent, and a role that is missing is said."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shoushan.config.api.tokens import Caller


def demand(request: Caller, permission: str, thing: Any = None) -> None:
    if not request.auth.has_perm(permission, thing):
        raise PermissionDenied


def seen(request: Caller, rows: QuerySet[Any], **wanted: Any) -> Any:
    """One row that the caller may see."""
    return get_object_or_404(rows.visible_to(request.auth), **wanted)  # type: ignore[attr-defined]
