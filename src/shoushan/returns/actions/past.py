"""Figures of a year before the system, taken over from the office's own book: for comparing, never for scoring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.evidence.actions import check_second_person
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans import actions as plans
from shoushan.plans.models import Indicator
from shoushan.returns.actions.periods import open_period
from shoushan.returns.models import Period, Return, Value


@transaction.atomic
def take_over(
    year: int,
    month: int,
    unit: Unit,
    figures: Mapping[Indicator, Decimal],
    *,
    source: str,
    at: datetime,
    by: Person,
    checked_by: Person,
) -> Return:
    """Keep one unit's month of a past year, with the book it is from and who checked the copying.

    The year has no goals here, so it carries no light and no score; its months stand beside this year's.
    """
    check_second_person(by, checked_by)
    period = _past_period(year, month, by=by)
    entry = Return.objects.create(period=period, unit=unit, submitted_at=at, submitted_by=by)
    ledger.record("taken over", entry, by=by, reason=source)
    for indicator, amount in figures.items():
        value = Value.objects.create(
            entry=entry,
            indicator=indicator,
            unit=unit,
            amount=amount,
            note=source,
            state=Value.State.ACCEPTED,
            entered_by=by,
            entered_at=at,
            decided_by=checked_by,
            decided_at=at,
        )
        ledger.record("taken over", value, by=by, reason=source)
    return entry


def _past_period(number: int, month: int, *, by: Person) -> Period:
    year = plans.open_year(number, by=by)
    if year.goals.exists():
        raise Refusal(
            "past.has_goals",
            mark("%(year)s has goals here, so its figures are entered and verified, and not taken over."),
            hint=mark("Enter them in their months."),
            params={"year": number},
        )
    if year.state == year.State.RUNNING:
        plans.close_year(year, by=by)
    known = Period.objects.filter(year=year, month=month).first()
    if known is not None:
        return known
    first, following = Month(number, month), Month(number, month).next()
    opens, locks = _midnight(first), _midnight(following)
    return open_period(year, month, opens_at=opens, due_at=locks, locks_at=locks, by=by)


def _midnight(month: Month) -> datetime:
    """The first moment of a month, in the district's time."""
    return timezone.make_aware(datetime(month.year, month.month, 1))
