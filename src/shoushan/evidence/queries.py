"""The evidence beside many things at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from shoushan.evidence.models import Evidence
from shoushan.exchange import pictures


def by_thing(kind: type[models.Model], ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What stands beside each of several things of one kind, by the thing's id; one question however many."""
    found: dict[int, list[Evidence]] = {}
    for each in Evidence.objects.about_all(kind, ids).standing().select_related("file"):
        found.setdefault(each.subject_id, []).append(each)
    return found


def looking_alike(kind: type[models.Model], files: Iterable[Evidence]) -> dict[int, list[int]]:
    """By evidence, the other things of one kind beside which the same picture stands, stored anew or not.

    One question however many; a hint for a person, and never a reason to refuse.
    """
    shown = [it for it in files if it.file.look]
    if not shown:
        return {}
    known = list(
        Evidence.objects.filter(subject_type=ContentType.objects.get_for_model(kind))
        .exclude(file__look="")
        .standing()
        .values_list("subject_id", "file__look")
    )
    found = {
        it.pk: sorted({other for other, look in known if other != it.subject_id and pictures.alike(it.file.look, look)})
        for it in shown
    }
    return {pk: others for pk, others in found.items() if others}
