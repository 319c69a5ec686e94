"""Evidence is fetched through the thing it proves: whoever sees that, sees the file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from shoushan.core.errors import Refusal
from shoushan.evidence import actions
from shoushan.evidence.actions import path_of
from shoushan.evidence.models import Evidence
from shoushan.exchange import pictures
from shoushan.orgs.requests import MemberRequest

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
def download(request: MemberRequest, pk: int) -> FileResponse:
    """The file as received, never shown inside a page of ours; a sealed one is opened for this answer alone."""
    found, path = seen(request, pk)
    if found.file.is_sealed:
        name, data = actions.open_sealed(found, by=request.user)
        return _attached(io.BytesIO(data), name, {**NOT_GUESSED, "Cache-Control": "no-store, private"})
    return _attached(path.open("rb"), found.name, NOT_GUESSED)


def _attached(file: IO[bytes], name: str, headers: dict[str, str]) -> FileResponse:
    kind = "application/octet-stream"
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind, headers=headers)


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
