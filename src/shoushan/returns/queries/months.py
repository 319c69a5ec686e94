"""A month as its pages show it: who has entered what, one unit's tasks, one figure, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shoushan.ledger import moment
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator
from shoushan.returns.models import Period, Return, Value
from shoushan.returns.queries.actuals import Monthly, actuals
from shoushan.returns.queries.asked import Asked, asked_of, derived_for, units_asked
from shoushan.returns.queries.verifying import queue
from shoushan.web import dates
from shoushan.web.today import Task


def periods_open(at: datetime) -> QuerySet[Period]:
    """Months that have opened, the newest first."""
    return Period.objects.filter(opens_at__lte=at).select_related("year").order_by("-year__number", "-month")


@dataclass(frozen=True, slots=True)
class UnitState:
    """How far one unit's month is, in a word."""

    unit: Unit
    words: Any
    submitted_at: datetime | None
    is_late: bool


def unit_states(period: Period, person: Person) -> list[UnitState]:
    """Every unit that is asked something, in tree order; a unit sees its own."""
    waiting = Count("values", filter=Q(values__state=Value.State.SUBMITTED))
    returned = Count("values", filter=Q(values__state=Value.State.RETURNED))
    begun = {it.unit_id: it for it in period.returns.annotate(waiting=waiting, returned=returned)}
    units = [unit for unit in units_asked(period.year, period.calendar_month) if person.sees(unit)]
    return [_state(unit, begun.get(unit.pk)) for unit in units]


def _state(unit: Unit, entry: Any) -> UnitState:
    if entry is None:
        return UnitState(unit, _("Not begun"), None, False)
    if entry.submitted_at is None:
        return UnitState(unit, _("Begun"), None, False)
    words = (
        _("Sent back in part") if entry.returned else _("Waiting for verification") if entry.waiting else _("Verified")
    )
    return UnitState(unit, words, entry.submitted_at, entry.is_late)


@dataclass(frozen=True, slots=True)
class Item:
    """One figure a unit is asked for, and what stands there."""

    asked: Asked
    value: Value | None
    url: str

    @property
    def is_empty(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure a register knows: its month and its sum to date."""

    indicator: Indicator
    month: Decimal
    to_date: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One unit's month: what is asked, what is known already, and whether it may be submitted."""

    items: list[Item]
    derived: list[Derived]
    entry: Return | None
    empty: int


def unit_month(period: Period, unit: Unit) -> UnitMonth:
    """The task list of a unit's month."""
    entry = Return.objects.filter(period=period, unit=unit).select_related("submitted_by").first()
    values = {(it.indicator_id, it.unit_id): it for it in entry.values.order_by()} if entry else {}
    items = [
        Item(it, values.get((it.indicator.pk, it.about.pk)), address(period, unit, it)) for it in asked_of(period, unit)
    ]
    return UnitMonth(items, _derived(period, unit), entry, sum(item.is_empty for item in items))


def address(period: Period, unit: Unit, asked: Asked) -> str:
    """The page of one figure; it names whom it is about where that is somebody else."""
    about = "" if asked.about.pk == unit.pk else f"?about={asked.about.code}"
    return f"/returns/{period.calendar_month}/{unit.code}/{asked.indicator.key}/{about}"


def _derived(period: Period, unit: Unit) -> list[Derived]:
    asked = derived_for(period, unit)
    known = actuals(period.year, [it.indicator for it in asked], until=period.calendar_month.last_day)
    found = []
    for it in asked:
        monthly = known.get((it.indicator.pk, unit.pk), Monthly())
        to_date = monthly.to_date(it.indicator, period.month, verified=False) or Decimal(0)
        url = f"{it.share.goal.get_absolute_url()}{unit.code}/"
        found.append(Derived(it.indicator, monthly.reported.get(period.month, Decimal(0)), to_date, url))
    return found


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """What the open months ask of this person; the same questions however many units and months."""
    at = moment.current().at
    units = person.units_as("reporter")
    open_now = list(periods_open(at).filter(locks_at__gt=at)) if units else []
    returned = Count("values", filter=Q(values__state=Value.State.RETURNED))
    begun = Return.objects.filter(period__in=open_now, unit__in=units).annotate(returned=returned)
    entries: dict[tuple[int, int], Any] = {(it.period_id, it.unit_id): it for it in begun}
    for unit in units:
        for period in open_now:
            yield from _asked_now(period, unit, entries.get((period.pk, unit.pk)))
    count = queue(person).count() if person.holds("verifier") else 0
    if count:
        yield Task(title=gettext("Verify %(count)s figures") % {"count": count}, url="/verify/")


def _asked_now(period: Period, unit: Unit, entry: Any) -> Iterable[Task]:
    month, url = dates.month(period.calendar_month), f"/returns/{period.calendar_month}/{unit.code}/"
    if entry is not None and entry.returned:
        title = gettext("Correct %(count)s figures of %(month)s that were sent back")
        words = {"count": entry.returned, "month": month}
        yield Task(title=title % words, url=url, due=period.locks_at, unit=unit.name)
    elif entry is None or entry.submitted_at is None:
        title = gettext("Enter %(month)s") % {"month": month}
        yield Task(title=title, url=url, due=period.due_at, unit=unit.name)
