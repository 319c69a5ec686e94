"""Pages of key projects: what slips, what was invested, where they are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shoushan.lines.projects import queries
from shoushan.lines.projects.line import projects
from shoushan.orgs.requests import MemberRequest, demand
from shoushan.web import asked, clock


@require_GET
def gantt(request: MemberRequest) -> HttpResponse:
    """What slips?"""
    demand(request.user, "registers.view", projects)
    shown = {
        "line": projects,
        "gantt": queries.gantt(request.user, clock.today()),
        "identity": queries.identity(request.user),
    }
    return render(request, "projects/gantt.html", shown)


@require_GET
def curve(request: MemberRequest) -> HttpResponse:
    """What was planned, reported and paid?"""
    demand(request.user, "registers.view", projects)
    year = asked.number(request.GET.get("year")) or clock.today().year
    found = queries.curve(request.user, year, asked.number(request.GET.get("project")))
    named = [(_("planned"), found.planned), (_("reported to the statistics"), found.reported), (_("paid"), found.paid)]
    most = max([1, *found.planned, *found.reported, *found.paid])
    lines = [
        {"label": label, "values": values, "class": f"c{number}", "points": _points(values, most)}
        for number, (label, values) in enumerate(named)
    ]
    return render(request, "projects/curve.html", {"line": projects, "curve": found, "lines": lines, "year": year})


def _points(values: list[int], most: int) -> str:
    """Twelve months on a drawing of 1,000 by 300."""
    return " ".join(f"{number * 1000 // 11},{300 - value * 300 // most}" for number, value in enumerate(values))


@require_GET
def where(request: MemberRequest) -> HttpResponse:
    """Where are they?"""
    demand(request.user, "registers.view", projects)
    return render(request, "projects/map.html", {"line": projects, "spots": queries.spots(request.user)})


@require_GET
def photos(request: MemberRequest) -> HttpResponse:
    """How did the works grow, seen from the same spot?"""
    demand(request.user, "registers.view", projects)
    return render(request, "projects/photos.html", {"line": projects, "series": queries.series(request.user)})
