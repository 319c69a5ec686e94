"""A record on paper, and what a line's figures count."""

from __future__ import annotations

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from shoushan.orgs.requests import MemberRequest
from shoushan.registers import queries
from shoushan.registers.views.asked import line_for, record_for
from shoushan.web import clock


@require_GET
def sheet(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    """One record on A4, with a label whose code leads back to it."""
    line, found = record_for(request, key, pk)
    address = request.build_absolute_uri(found.get_absolute_url())
    shown = {
        "line": line,
        "page": queries.record_page(line, found, request.user, on=clock.today()),
        "address": address,
        "code": mark_safe(segno.make(address).svg_inline(scale=3, dark="#000", svgclass="qr", lineclass="")),  # noqa: S308 - drawn by the library from our own address
    }
    return render(request, "registers/sheet.html", shown)


@require_GET
def figures(request: MemberRequest, key: str) -> HttpResponse:
    """What the line's figures count: in words, as the expression that is run, and where it is said."""
    line = line_for(request, key)
    return render(request, "registers/figures.html", {"line": line, "figures": queries.definitions(line)})
