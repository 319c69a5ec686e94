"""Two records that turn out to be one: the second leaves the list, and both keep their history."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.registers.actions.records import locked
from shoushan.registers.models import Record


@transaction.atomic
def merge(record: Any, into: Any, *, reason: str, by: Person) -> Record:
    """Say that a record is another one: it counts no more, and its page leads to the one that stays."""
    first, second = sorted((record, into), key=lambda each: each.pk)
    held = {each.pk: each for each in (locked(first, merged_too=True), locked(second, merged_too=True))}
    record, into = held[record.pk], held[into.pk]
    if record.pk == into.pk or type(record) is not type(into):
        raise Refusal(
            "merge.itself",
            mark("A record is merged into another one of the same register."),
            hint=mark("Choose the record that stays."),
            field="into",
        )
    if record.merged_into_id or into.merged_into_id:
        raise Refusal(
            "merge.already",
            mark("One of the two has been merged already."),
            hint=mark("Open the record that stayed, and merge into that one."),
            field="into",
        )
    if not reason.strip():
        raise Refusal(
            "merge.reason",
            mark("Merging needs a reason."),
            hint=mark("Say in a sentence how you know that the two are one."),
            field="reason",
        )
    before = {"merged_into": record.merged_into_id, "version": record.version}
    record.merged_into, record.version = into, record.version + 1
    record.save(update_fields=["merged_into", "version"])
    ledger.record("merged", record, by=by, before=before, reason=reason.strip())
    found: Record = record
    return found
