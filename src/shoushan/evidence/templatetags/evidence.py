"""{% evidence file stage.at %}: a file with its small picture, when and where it was taken, and whether that is old."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from shoushan.evidence.models import Evidence

register = template.Library()


@register.inclusion_tag("evidence/file.html")
def evidence(file: Evidence, on: date | None = None) -> dict[str, Any]:
    """``on`` is the day of what the file shall prove."""
    return {"file": file, "place": file.place, "days_before": file.days_before(on)}
