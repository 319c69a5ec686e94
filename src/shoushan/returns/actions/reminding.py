"""Reminding units whose month is missing: a ladder of three, and once a day by hand. Units, never people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.notices import actions as notices
from shoushan.orgs.models import Person, Unit
from shoushan.returns.models import Period
from shoushan.returns.queries.missing import Rung, last_day, rung_of, units_missing

# 深圳: a notice 5 working days before, on the due day, and 2 working days after
SUBJECTS = {
    Rung.BEFORE: mark("%(month)s of %(unit)s is due on %(due)s"),
    Rung.DUE: mark("%(month)s of %(unit)s is due today"),
    Rung.AFTER: mark("%(month)s of %(unit)s is overdue, and locks on %(locks)s"),
    Rung.BY_HAND: mark("%(month)s of %(unit)s is still missing"),
}
BODY = mark("On time until %(due)s; locks %(locks)s. Only figures that no register knows are asked for.")


@transaction.atomic
def remind(period: Period, *, at: datetime, by: Person) -> int:
    """Remind every unit whose month is missing, once a day; returns how many."""
    period = Period.objects.select_for_update(of=("self",)).select_related("year").get(pk=period.pk)
    on = timezone.localdate(at, timezone.get_default_timezone())
    if not period.opens_at <= at < period.locks_at:
        raise Refusal(
            "remind.closed",
            mark("%(month)s is not open, so reminding would ask for what cannot be sent."),
            hint=mark("A locked month opens again for a unit by an exception."),
            params={"month": period.calendar_month},
        )
    missing = units_missing(period)
    if not missing:
        raise Refusal(
            "remind.nobody",
            mark("Every unit has submitted %(month)s."),
            hint=mark("There is nobody to remind."),
            params={"month": period.calendar_month},
        )
    queued = [_queue(period, unit, Rung.BY_HAND, on, at) for unit in missing]
    if not any(queued):
        raise Refusal(
            "remind.today",
            mark("These units have been reminded today already."),
            hint=mark("Once a day is enough; from tomorrow you can remind again."),
        )
    ledger.record("reminded", period, by=by, before={})
    return sum(map(bool, queued))


@transaction.atomic
def remind_by_ladder(*, on: date, at: datetime) -> int:
    """What the timer does: each unit whose month is missing gets each rung once, however often this runs.

    A day on which the timer did not run is made good until the next rung, so nothing is sent in a heap.
    """
    after = at + timedelta(days=40)
    soon = Period.objects.filter(locks_at__gt=at, opens_at__lt=after).select_related("year").order_by("pk")
    count = 0
    for period in soon:
        rung = rung_of(period, on=on)
        if rung is not None:
            count += sum(bool(_queue(period, unit, rung, on, at)) for unit in units_missing(period))
    return count


def _queue(period: Period, unit: Unit, rung: Rung, on: date, at: datetime) -> int:
    """The key has the due day of now: where a clock moved, the new day is announced anew."""
    stamp = on if rung is Rung.BY_HAND else last_day(period.due_at)
    made = notices.queue(
        key=f"returns.remind:{period.calendar_month}:{unit.code}:{rung}:{stamp}",
        to=unit,
        subject=SUBJECTS[rung],
        body=BODY,
        params={
            "month": period.calendar_month,
            "unit": unit.name,
            "due": last_day(period.due_at),
            "locks": last_day(period.locks_at),
        },
        url=f"{period.get_absolute_url()}{unit.code}/",
        at=at,
    )
    return len(made)
