"""Evidence is fetched through the thing it proves: whoever sees that, sees the file."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from shoushan.core.errors import Refusal
from shoushan.evidence.actions import path_of
from shoushan.evidence.models import Evidence
from shoushan.exchange import pictures

NOT_GUESSED = {"X-Content-Type-Options": "nosniff"}
# A file never changes under its hash, so a browser may keep its small picture for a day; nobody else may.
SHOWN = {
    **NOT_GUESSED,
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def seen(request: HttpRequest, pk: int) -> tuple[Evidence, Path]:
    """Evidence and its bytes, for whoever sees what it proves; for others as if it were not there."""
    found = get_object_or_404(Evidence.objects.select_related("file", "subject_type"), pk=pk)
    kind = found.subject_type.model_class()
    rows = kind._default_manager.all() if kind is not None else None
    if rows is None or not rows.visible_to(request.user).filter(pk=found.subject_id).exists():
        raise Http404
    path = path_of(found.file)
    if not path.exists():
        raise Http404
    return found, path


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as received, never shown inside a page of ours."""
    found, path = seen(request, pk)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
        headers=NOT_GUESSED,
    )


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A small picture of a photograph; what cannot be drawn is as if it were not there."""
    found, path = seen(request, pk)
    if not found.is_picture:
        raise Http404
    try:
        drawn = pictures.preview(path.read_bytes())
    except Refusal:
        raise Http404 from None
    return HttpResponse(drawn, content_type="image/jpeg", headers=SHOWN)
