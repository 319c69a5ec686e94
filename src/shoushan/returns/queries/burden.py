"""The burden (基层负担): what units are asked to type, month by month, against its limit.

Typed values and forms are counted. Minutes are not measured on people: of each return only its own clocks are known,
from the first figure saved to the last one or its submission. Where these lie within an hour, the month was typed in
one go and its minutes count; other returns are left out. Beside it stands what the pages' budget leads one to expect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import ClassVar

from django.db.models import Count, Max, Min
from django.utils.translation import gettext

from shoushan.core.months import Month
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator, Share, Year
from shoushan.returns.models import Return
from shoushan.web import dates
from shoushan.web.charts import MonthBars

# a decision of the district: no subdistrict types more figures a month (docs/decisions/0016)
MOST_VALUES = 20
# pages.md: five values and a photo in three minutes
MINUTES_A_VALUE = Decimal("0.6")
IN_ONE_GO = timedelta(hours=1)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class MonthBurden:
    """One month: how many returns came, what was typed in all, the most and the middle of one unit, and minutes."""

    month: Month
    forms: int
    typed: int
    most: int
    a_unit: Decimal
    expected_minutes: Decimal
    measured_minutes: Decimal | None

    @property
    def is_above(self) -> bool:
        return self.most > MOST_VALUES


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """One unit's last month: what it typed and what a register spared it."""

    unit: Unit
    typed: int
    derived: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How much was typed, month by month."""

    months: list[MonthBurden]
    budget: ClassVar[int] = MOST_VALUES

    @property
    def last(self) -> MonthBurden | None:
        return self.months[-1] if self.months else None

    @property
    def before(self) -> MonthBurden | None:
        return self.months[-2] if len(self.months) > 1 else None

    @property
    def chart(self) -> MonthBars:
        return MonthBars(
            title=gettext("Typed values a unit, by month"),
            labels=[dates.month(it.month) for it in self.months],
            values=[it.a_unit for it in self.months],
        )


@dataclass(frozen=True, slots=True)
class Burden(Trend):
    """The burden of a year: its months, the units of its last month, and what is asked and why."""

    units: list[UnitBurden]
    asked: list[Indicator]


@dataclass(frozen=True, slots=True)
class _Typed:
    """One return: how many values, and from when to when."""

    unit_id: int
    month: int
    values: int
    first: datetime
    last: datetime


def burden(year: Year, *, on: date, by: Person | None = None) -> Burden:
    """The year's burden up to a day, of the units somebody may see; the same questions however many they are."""
    grouped = _by_month(year, on, by)
    last = grouped[max(grouped)] if grouped else []
    asked = Indicator.objects.filter(source=Indicator.Source.REPORTED, goals__year=year).distinct()
    return Burden(_months(year, grouped), _units(year, last, by), [it for it in asked if _is_asked(it, on)])


def trend(year: Year, *, on: date, by: Person | None = None) -> Trend:
    """The months alone, for a page about something else; one question."""
    return Trend(_months(year, _by_month(year, on, by)))


def _by_month(year: Year, on: date, by: Person | None) -> dict[int, list[_Typed]]:
    """The returns of each month that is over; before the first one is, of the months there are."""
    grouped: dict[int, list[_Typed]] = defaultdict(list)
    for it in _returns(year, by):
        grouped[it.month].append(it)
    last = year.months_over(on) or 12
    return {number: grouped[number] for number in sorted(grouped) if number <= last}


def _months(year: Year, grouped: dict[int, list[_Typed]]) -> list[MonthBurden]:
    return [_month(Month(year.number, number), returns) for number, returns in grouped.items()]


def _is_asked(indicator: Indicator, on: date) -> bool:
    return indicator.asked_until is None or indicator.asked_until >= on


def _returns(year: Year, by: Person | None) -> list[_Typed]:
    rows = Return.objects.filter(period__year=year)
    rows = rows if by is None else rows.visible_to(by)
    counted = rows.annotate(
        typed=Count("values"), first=Min("values__entered_at"), last=Max("values__entered_at")
    ).filter(typed__gt=0)
    fields = ("unit_id", "period__month", "typed", "first", "last", "submitted_at")
    return [
        _Typed(unit_id, month, typed, first, max(last, submitted_at or last))
        for unit_id, month, typed, first, last, submitted_at in counted.values_list(*fields)
    ]


def _month(month: Month, returns: Sequence[_Typed]) -> MonthBurden:
    typed = sum(it.values for it in returns)
    a_unit = Decimal(typed) / len(returns)
    return MonthBurden(
        month=month,
        forms=len(returns),
        typed=typed,
        most=max(it.values for it in returns),
        a_unit=_tenths(a_unit),
        expected_minutes=_tenths(a_unit * MINUTES_A_VALUE),
        measured_minutes=_minutes(returns),
    )


def _minutes(returns: Iterable[_Typed]) -> Decimal | None:
    """The middle of what was typed in one go; one saving alone tells no time."""
    spans = [it.last - it.first for it in returns if timedelta(0) < it.last - it.first <= IN_ONE_GO]
    return _tenths(Decimal(median(it.total_seconds() for it in spans)) / 60) if spans else None


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(TENTH, ROUND_HALF_UP)


def _units(year: Year, returns: Sequence[_Typed], by: Person | None) -> list[UnitBurden]:
    typed = {it.unit_id: it.values for it in returns}
    derived = dict(
        Share.objects.filter(goal__year=year, goal__indicator__source=Indicator.Source.DERIVED)
        .values_list("unit_id")
        .annotate(number=Count("goal__indicator", distinct=True))
        .order_by()
    )
    units = Unit.objects.filter(pk__in=typed).order_by("path")
    return [UnitBurden(unit, typed[unit.pk], derived.get(unit.pk, 0)) for unit in units if by is None or by.sees(unit)]
