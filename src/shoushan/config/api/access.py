"""What the caller may touch: a foreign thing is as absent as one that is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from shoushan.config.api.tokens import Caller
from shoushan.core.errors import Refusal, mark
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.registers.lines import Line
from shoushan.registers.queries import line_or_absent

# how many rows a list gives at once; the last id asks for the next ones
MOST_ROWS = 500
ABSENT = Refusal(
    "access.absent",
    mark("There is nothing here that you may see."),
    hint=mark("Check the address, or ask the administrator for a role."),
)


def seen(request: Caller, rows: QuerySet[Any], **wanted: Any) -> Any:
    """One row that the caller may see."""
    return get_object_or_404(rows.visible_to(request.auth), **wanted)  # type: ignore[attr-defined]


def line_of(request: Caller, key: str, permission: str = "registers.view") -> Line:
    """A register with which the caller may do this."""
    known = line_or_absent(key)
    demand(request.auth, permission, known)
    return known


def record_of(request: Caller, key: str, pk: int, permission: str = "") -> tuple[Line, Any]:
    """A record that the caller may see, and do this with."""
    known = line_or_absent(key)
    found = seen(request, known.model.objects.select_related("unit"), pk=pk)
    if permission:
        demand(request.auth, permission, found)
    return known, found


def unit_of(request: Caller, line: Line, code: str) -> Unit:
    """A unit for which the caller keeps a line; that it was dissolved, the action says."""
    found = get_object_or_404(Unit, code=code)
    if not request.auth.works_for(line.home, found, "officer"):
        raise Http404
    return found
