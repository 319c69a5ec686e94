"""Corrections of locked or verified figures: what stood there, what stands there now, and what came before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Correction, Value


def corrections_of(value: Value | None) -> list[Correction]:
    """Every correction that was asked for of one figure, the newest first."""
    return [] if value is None else list(value.corrections.select_related("asked_by", "decided_by"))


def times_corrected(values: Iterable[Value]) -> dict[int, int]:
    """How often each figure was corrected after it was locked or verified, by its id; figures never corrected are left
    out."""
    counted = Correction.objects.agreed().filter(value__in=[value.pk for value in values]).order_by()
    return {row["value"]: row["n"] for row in counted.values("value").annotate(n=Count("pk"))}


def times_corrected_in(year: Year) -> dict[tuple[int, int], int]:
    """How often the figures of each indicator and unit were corrected in a year: what a warning asks, in one query."""
    counted = Correction.objects.agreed().filter(value__entry__period__year=year).order_by()
    rows = counted.values("value__indicator", "value__unit").annotate(n=Count("pk"))
    return {(row["value__indicator"], row["value__unit"]): row["n"] for row in rows}


def since(year: Year, moment: datetime, *, unit: Unit | None = None) -> QuerySet[Correction]:
    """Corrections agreed after a moment: what a snapshot frozen then does not know, and a published score neither."""
    found = Correction.objects.agreed().filter(value__entry__period__year=year, decided_at__gt=moment)
    if unit is not None:
        found = found.filter(value__unit=unit)
    return found.select_related(
        "value__indicator", "value__unit", "value__entry__unit", "value__entry__period__year"
    ).order_by("decided_at", "pk")


def by_value(values: Iterable[Value]) -> dict[int, list[Correction]]:
    """The agreed corrections of some figures, the oldest first, in one question."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for each in Correction.objects.agreed().filter(value__in=[it.pk for it in values]).order_by("decided_at", "pk"):
        found[each.value_id].append(each)
    return dict(found)
