"""A record handed to another unit: its own was dissolved, or another one carries the work on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.registers.actions import telling_apart
from shoushan.registers.actions.records import check_unit, locked
from shoushan.registers.lines import line_of
from shoushan.registers.models import Record


@transaction.atomic
def hand_over(record: Record, unit: Unit, *, reason: str, on: date, by: Person) -> Any:
    """Name another responsible unit; the record, its stages and its history stay the same."""
    line = line_of(record)
    telling_apart.one_at_a_time(line)
    record = locked(record)
    broken = [refusal for rule in line.handing_rules for refusal in rule(record)]
    if broken:
        raise Refusals(broken)
    if not reason.strip():
        raise Refusal(
            "handing.reason",
            mark("Handing a record over needs a reason."),
            hint=mark("Say in a sentence why the other unit carries it on."),
            field="reason",
        )
    check_unit(unit, on)
    if unit.pk == record.unit_id:
        raise Refusal(
            "handing.same", mark("The record is with this unit already."), hint=mark("Choose another."), field="unit"
        )
    before = {"unit": record.unit_id, "version": record.version}
    record.unit, record.version = unit, record.version + 1
    if "unit" in line.same:
        telling_apart.check_apart(line, [telling_apart.values_of(record, line)], apart=record.pk)
    record.save(update_fields=["unit", "version"])
    ledger.record("handed over", record, by=by, before=before, reason=reason.strip())
    return record
