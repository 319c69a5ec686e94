"""What the caller may touch: a foreign thing is as absent as one that is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from shoushan.config.api.tokens import Caller


def seen(request: Caller, rows: QuerySet[Any], **wanted: Any) -> Any:
    """One row that the caller may see."""
    return get_object_or_404(rows.visible_to(request.auth), **wanted)  # type: ignore[attr-defined]
