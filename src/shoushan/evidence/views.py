"""Evidence is fetched through the thing it proves: whoever sees that, sees the file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from shoushan.evidence.actions import path_of
from shoushan.evidence.models import Evidence


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as received, never shown inside a page of ours."""
    found = get_object_or_404(Evidence.objects.select_related("file", "subject_type"), pk=pk)
    kind = found.subject_type.model_class()
    rows = kind._default_manager.all() if kind is not None else None
    if rows is None or not rows.visible_to(request.user).filter(pk=found.subject_id).exists():
        raise Http404
    path = path_of(found.file)
    if not path.exists():
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
