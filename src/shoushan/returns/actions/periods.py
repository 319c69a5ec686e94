"""A period's clocks, and the exception that opens a locked one for a unit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Exemption, Period


@transaction.atomic
def open_period(
    year: Year, month: int, *, opens_at: datetime, due_at: datetime, locks_at: datetime, by: Person | None
) -> Period:
    """Set the three clocks of a month."""
    if not opens_at < due_at <= locks_at:
        raise Refusal(
            "period.order",
            mark("The clocks are out of order: a month opens, is due, and locks, in this order."),
            hint=mark("Correct the moment that is too early."),
            field="due_at",
        )
    period = Period.objects.create(year=year, month=month, opens_at=opens_at, due_at=due_at, locks_at=locks_at)
    ledger.record("opened", period, by=by)
    return period


@transaction.atomic
def grant_exemption(period: Period, unit: Unit, *, until: datetime, reason: str, by: Person) -> Exemption:
    """Let one unit enter a locked month until a moment."""
    if not reason.strip():
        raise Refusal(
            "exception.reason",
            mark("An exception needs a reason."),
            hint=mark("Say why this unit may still enter the month."),
            field="reason",
        )
    exemption = Exemption.objects.create(period=period, unit=unit, until=until, reason=reason.strip(), granted_by=by)
    ledger.record("granted", exemption, by=by, reason=reason.strip())
    return exemption
