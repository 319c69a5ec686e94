"""A unit that was merged into another: what its reporter had typed goes on with the successor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.returns.models import Period, Return, Value


@transaction.atomic
def move_month(period: Period, unit: Unit, *, at: datetime, by: Person) -> Return:
    """Copy what a merged unit had saved and not submitted into its successor's month, as drafts under the same names.

    What had been submitted has arrived and stays the old unit's; a figure the successor has itself is not written over.
    """
    successor = unit.successor
    if successor is None:
        raise Refusal(
            "unit.no_successor",
            mark("%(unit)s has no successor, so there is nobody to move this month to."),
            hint=mark("The administrator names the successor first."),
            params={"unit": unit.name},
        )
    period = Period.objects.select_for_update(of=("self",)).select_related("year").get(pk=period.pk)
    unsent = Value.objects.select_for_update(of=("self",)).filter(
        entry__period=period, entry__unit=unit, state__in=[Value.State.DRAFT, Value.State.RETURNED]
    )
    values = list(unsent.select_related("entered_by", "indicator"))
    entry, is_new = Return.objects.get_or_create(period=period, unit=successor)
    if is_new:
        ledger.record("begun", entry, by=by)
    theirs = set(entry.values.values_list("indicator_id", "unit_id"))
    moved = [_copied(value, entry, unit) for value in values if _place(value, entry, unit) not in theirs]
    if not moved:
        raise Refusal(
            "unit.nothing_to_move",
            mark("Nothing of this month waits to be moved to %(successor)s."),
            hint=mark("What was submitted has arrived; what the successor entered itself stands."),
            params={"successor": successor.name},
        )
    for value in moved:
        value.save(force_insert=True)
        ledger.record("handed over", value, by=by)
    entry.period, entry.unit = period, successor
    return entry


def _place(value: Value, entry: Return, unit: Unit) -> tuple[int, int]:
    return value.indicator_id, entry.unit_id if value.unit_id == unit.pk else value.unit_id


def _copied(value: Value, entry: Return, unit: Unit) -> Value:
    return Value(
        entry=entry,
        indicator=value.indicator,
        unit_id=_place(value, entry, unit)[1],
        amount=value.amount,
        numerator=value.numerator,
        denominator=value.denominator,
        is_nil=value.is_nil,
        no_data=value.no_data,
        note=value.note,
        unusual=value.unusual,
        entered_by=value.entered_by,
        entered_at=value.entered_at,
    )
