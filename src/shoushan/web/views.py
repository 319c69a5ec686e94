"""Web's own pages: today, the switches, help, and whether the service is up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from shoushan.web import clock, figures, finding, jobs
from shoushan.web import today as waiting
from shoushan.web.lights import LIGHTS
from shoushan.web.models import Job

A_YEAR = 365 * 24 * 3600
WORKER = Path(__file__).parent / "static" / "web" / "worker.js"


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits for me? (今日)"""
    on = clock.today()
    tasks = waiting.tasks(request.user, on)
    sections = waiting.sections(tasks, on)
    shown = {
        "today": on,
        "sections": sections,
        "open_count": sum(task.urgency == waiting.ACT for task in tasks),
        "due_count": sum(len(section.tasks) for section in sections if section.key in {"late", "today"}),
    }
    return render(request, "web/today.html", shown)


@require_GET
def job(request: HttpRequest, key: str) -> HttpResponse:
    """How far is it?"""
    found = get_object_or_404(Job, key=key, person_id=request.user.pk)
    running = found.state == Job.State.RUNNING and not jobs.is_interrupted(found)
    return render(request, "web/job.html", {"job": found, "running": running})


@require_GET
def job_file(request: HttpRequest, key: str) -> FileResponse:
    """What a finished job made, for whoever began it."""
    found = get_object_or_404(Job, key=key, person_id=request.user.pk, state=Job.State.DONE)
    path = jobs.folder() / found.key
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.file_name)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Where is it? Everything I may see, by what it is; 简 finds 繁."""
    words = request.GET.get("q", "").strip()
    return render(request, "web/search.html", {"words": words, "groups": finding.groups(request.user, words)})


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """All pages of this person, for a phone's foot bar."""
    return render(request, "web/more.html")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """What each page is for, and what the signs mean (帮助)."""
    return render(request, "web/help.html", {"lights": LIGHTS})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language, and lead back to where the reader was."""
    return _keep(request, "language", dict(settings.LANGUAGES))


@login_not_required
@require_POST
def money(request: HttpRequest) -> HttpResponse:
    """Change the unit of money (亿/万/元), and lead back."""
    return _keep(request, "money", figures.MONEY)


def _keep(request: HttpRequest, name: str, allowed: Any) -> HttpResponse:
    """Keep a choice on this machine and, for whoever is signed in, with the person."""
    chosen = request.POST.get(name, "")
    response = HttpResponseRedirect(_back(request))
    if chosen in allowed:
        response.set_cookie(
            name, chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
        person = request.user
        if person.is_authenticated and hasattr(person, name):
            setattr(person, name, chosen)
            person.save(update_fields=[name])
    return response


def _back(request: HttpRequest) -> str:
    """The page the form stood on, if it is one of ours."""
    wanted = request.POST.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"


@login_not_required
@require_GET
def worker(request: HttpRequest) -> FileResponse:
    """The script that opens pages of the field without a network; from the root, so that it may stand before them."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return FileResponse(WORKER.open("rb"), content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the service and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
