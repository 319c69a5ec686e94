"""The evidence beside many things at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from shoushan.evidence.models import Evidence


def by_thing(kind: type[models.Model], ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What stands beside each of several things of one kind, by the thing's id; one question however many."""
    found: dict[int, list[Evidence]] = {}
    for each in Evidence.objects.about_all(kind, ids).standing().select_related("file"):
        found.setdefault(each.subject_id, []).append(each)
    return found
