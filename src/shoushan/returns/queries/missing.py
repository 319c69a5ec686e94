"""Whose month is missing, and which reminder of the ladder is due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from shoushan.core import workdays
from shoushan.orgs.models import Unit
from shoushan.returns.models import Period, Return
from shoushan.returns.queries.asked import units_asked

DAYS_BEFORE, DAYS_AFTER = 5, 2


class Rung(StrEnum):
    """A reminder (催报): the ladder's three, and the one sent by hand."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    BY_HAND = "by_hand"


def units_missing(period: Period) -> list[Unit]:
    """Units that are asked something and have not submitted; a merged one is asked no more."""
    sent = set(Return.objects.filter(period=period, submitted_at__isnull=False).values_list("unit_id", flat=True))
    return [unit for unit in units_asked(period.year) if unit.pk not in sent and unit.to_on is None]


def rung_of(period: Period, *, on: date) -> Rung | None:
    """The rung a day stands on: 5 working days before the due day, that day, 2 working days after, until it locks."""
    due, locks = last_day(period.due_at), last_day(period.locks_at)
    if on == due:
        return Rung.DUE
    if on < due:
        return Rung.BEFORE if workdays.between(on, due, working=True) <= DAYS_BEFORE else None
    return Rung.AFTER if workdays.after(due, DAYS_AFTER, working=True) <= on <= locks else None


def last_day(moment: datetime) -> date:
    """The day that a clock's moment ends: 24:00 is the day before."""
    return (timezone.localtime(moment, timezone.get_default_timezone()) - timedelta(microseconds=1)).date()
