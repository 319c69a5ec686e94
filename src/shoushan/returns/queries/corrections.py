"""Corrections of locked or verified figures: what stood there, what stands there now, and what came before them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Correction, Value


def corrections_of(value: Value | None) -> list[Correction]:
    """Every correction that was asked for of one figure, the newest first."""
    return [] if value is None else list(value.corrections.select_related("asked_by", "decided_by"))


def times_corrected(values: Iterable[int] | QuerySet[Any, Any]) -> dict[int, int]:
    """How often each of some figures, named by their ids, was corrected after it was locked or verified."""
    counted = Correction.objects.agreed().filter(value__in=values).order_by()
    return dict(counted.values_list("value").annotate(Count("pk")))


def since(year: Year, moment: datetime, *, unit: Unit | None = None) -> QuerySet[Correction]:
    """Corrections agreed after a moment: what a snapshot frozen then does not know, and a published score neither."""
    found = Correction.objects.agreed().filter(value__entry__period__year=year, decided_at__gt=moment)
    if unit is not None:
        found = found.filter(value__unit=unit)
    return found.select_related(
        "value__indicator", "value__unit", "value__entry__unit", "value__entry__period__year"
    ).order_by("decided_at", "pk")
