"""What a unit is asked for in a month: only what it carries a share of, and no register knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.db.models import Q, QuerySet

from shoushan.core.months import Month
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator, Share, Year
from shoushan.returns.models import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure a unit is asked for, and whom it is about."""

    indicator: Indicator
    about: Unit
    share: Share


def asked_of(period: Period, unit: Unit) -> list[Asked]:
    """The figures to be typed: the unit's own reported ones, and statutory ones it keeps for others."""
    return _asked(_shares_asked(period, unit))


def asked_keys(period: Period, unit: Unit) -> set[tuple[int, int]]:
    """The figures of `asked_of` by the keys of their indicator and unit; for where nothing of them is shown."""
    return set(_shares_asked(period, unit).order_by().values_list("goal__indicator_id", "unit_id"))


def _shares_asked(period: Period, unit: Unit) -> QuerySet[Share]:
    own = Q(unit=unit, goal__indicator__source=Indicator.Source.REPORTED)
    kept = Q(goal__indicator__source=Indicator.Source.IMPORTED, goal__indicator__keeper=unit)
    return Share.objects.filter(own | kept, _asked_in(period.calendar_month), goal__year=period.year_id)


def _asked_in(month: Month) -> Q:
    """As `Indicator.is_asked_in`, for the database."""
    return Q(goal__indicator__asked_until__isnull=True) | Q(goal__indicator__asked_until__gte=month.first_day)


def is_asked(period: Period, unit: Unit, indicator: Indicator, about: Unit) -> bool:
    """Whether `asked_of` has this one figure: asked at every saving, so without reading all of them."""
    own = indicator.source == Indicator.Source.REPORTED and about.pk == unit.pk
    kept = indicator.source == Indicator.Source.IMPORTED and indicator.keeper_id == unit.pk
    shares = Share.objects.filter(unit=about, goal__indicator=indicator, goal__year=period.year_id)
    return (own or kept) and indicator.is_asked_in(period.calendar_month) and shares.exists()


def derived_for(period: Period, unit: Unit) -> list[Asked]:
    """The figures a register knows already: shown, never asked for."""
    return _asked(
        Share.objects.filter(unit=unit, goal__year=period.year, goal__indicator__source=Indicator.Source.DERIVED)
    )


def units_asked(year: Year, month: Month | None = None) -> list[Unit]:
    """Every unit that has something to enter in a year's months, or in one of them, in tree order."""
    shares = Share.objects.filter(goal__year=year)
    if month is not None:
        shares = shares.filter(_asked_in(month))
    reporting = shares.filter(goal__indicator__source=Indicator.Source.REPORTED).values("unit_id")
    keeping = shares.filter(goal__indicator__source=Indicator.Source.IMPORTED).values("goal__indicator__keeper_id")
    return list(Unit.objects.filter(Q(pk__in=reporting) | Q(pk__in=keeping)).order_by("path"))


def _asked(shares: QuerySet[Share]) -> list[Asked]:
    """One line for an indicator and a unit, even where two goals share it."""
    found: dict[tuple[int, int], Asked] = {}
    for share in shares.select_related("goal__indicator", "unit").order_by("goal__order", "unit__path"):
        indicator = cast("Indicator", share.goal.indicator)
        found.setdefault((indicator.pk, share.unit_id), Asked(indicator, share.unit, share))
    return list(found.values())
