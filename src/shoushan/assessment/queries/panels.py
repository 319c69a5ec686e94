"""What raters said, unit by unit, once the panel is closed and enough of them spoke."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Count, Q

from shoushan.assessment.models import Panel
from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.scoring.facts import Absent, Value

PLACES = Decimal("0.0001")


def trimmed_mean(counts: Mapping[int, int], *, percent: int, least: int) -> Decimal | None:
    """The mean of the marks without so many per cent at each end (去掉两端); None below the fewest marks.

    The share left out is cut down to whole marks.

    >>> trimmed_mean({100: 8, 20: 2}, percent=10, least=5)
    Decimal('90.0000')
    """
    number = sum(counts.values())
    if number < least or number == 0:
        return None
    out = number * percent // 100
    kept = [mark for mark, votes in sorted(counts.items()) for _ in range(votes)][out : number - out]
    mean = Fraction(sum(kept), len(kept))
    return (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(PLACES, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rated:
    """One unit's result: how many marks it had, and their trimmed mean where there were enough."""

    unit: Unit
    votes: int
    result: Decimal | None


def results(panel: Panel) -> list[Rated]:
    """By unit in tree order; of a panel that is open, nothing."""
    units = Unit.objects.filter(code__in=panel.counted).in_tree_order()
    return [_rated(panel, unit) for unit in units]


def _rated(panel: Panel, unit: Unit) -> Rated:
    counts = {int(mark): votes for mark, votes in panel.counted[unit.code].items()}
    mean = trimmed_mean(counts, percent=panel.trimmed_percent, least=panel.least_votes)
    return Rated(unit, sum(counts.values()), mean)


def facts_of_panels(year: Year) -> dict[tuple[str, str], Value]:
    """By fact and unit, what the closed panels of a year say; too few marks are missing and no zero."""
    return {
        (panel.fact, rated.unit.code): Absent.MISSING if rated.result is None else rated.result
        for panel in Panel.objects.filter(year=year, closed_at__isnull=False)
        for rated in results(panel)
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A panel on the list, and how many of its links are used."""

    panel: Panel
    links: int
    used: int


def panels_of(year: Year) -> list[Row]:
    """The panels of a year; one question however many."""
    used = Count("tickets", filter=Q(tickets__is_used=True))
    found = Panel.objects.filter(year=year).annotate(links=Count("tickets"), used=used)
    return [Row(panel, panel.links, panel.used) for panel in found]


def open_panel_of(year: Year) -> Panel | None:
    """A panel that still takes votes."""
    return Panel.objects.filter(year=year, closed_at__isnull=True).first()
