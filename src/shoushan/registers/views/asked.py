"""What every view of a register begins with: which line, which record, and whether the person may."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from shoushan.orgs.requests import MemberRequest, demand
from shoushan.registers import queries
from shoushan.registers.lines import Line


def line_for(request: MemberRequest, key: str, permission: str = "registers.view") -> Line:
    """The line of an address, where the person may do this with it."""
    line = queries.line_or_absent(key)
    demand(request.user, permission, line)
    return line


def record_for(request: MemberRequest, key: str, pk: int, permission: str = "") -> tuple[Line, Any]:
    """A record the person may see and do this with; a foreign one is as if it were not there."""
    line = queries.line_or_absent(key)
    found = get_object_or_404(line.model.objects.visible_to(request.user).select_related("unit", "merged_into"), pk=pk)
    if permission:
        demand(request.user, permission, found)
    return line, found
