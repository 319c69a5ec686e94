"""The district's own columns on a register, which no figure counts, and the layouts of offices' workbooks."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import Layout, LocalField

MOST_COLUMNS = 12


@transaction.atomic
def define_local(line: Line, key: str, label: str, kind: str, *, by: Person) -> LocalField:
    """Give a register a column of the district's own."""
    known = {each.name for each in line.model._meta.get_fields()}
    if key in known or LocalField.objects.filter(line=line.key, key=key).exists():
        raise Refusal(
            "local.key",
            mark("This register has a column “%(key)s” already."),
            hint=mark("Choose another key."),
            params={"key": key},
            field="key",
        )
    if LocalField.objects.filter(line=line.key, is_dropped=False).count() >= MOST_COLUMNS:
        raise Refusal(
            "local.many",
            mark("A register has %(most)s columns of the district's own at most."),
            hint=mark("Take one out of use that nobody fills in; every column is work for somebody."),
            params={"most": MOST_COLUMNS},
        )
    made = LocalField.objects.create(line=line.key, key=key, label=label, kind=kind)
    ledger.record("defined", made, by=by)
    return made


@transaction.atomic
def drop_local(field: LocalField, *, by: Person) -> None:
    """Take a column out of use; what was written in it stays with the records."""
    field.is_dropped = True
    field.save(update_fields=["is_dropped"])
    ledger.record("dropped", field, by=by, before={"is_dropped": False})


@transaction.atomic
def keep_layout(line: Line, fingerprint: str, layout: Any, *, by: Person) -> Layout:
    """Remember how a workbook with these headers is understood."""
    found = Layout.objects.filter(line=line.key, fingerprint=fingerprint).first()
    if found is None:
        found = Layout.objects.create(line=line.key, fingerprint=fingerprint, body=layout, kept_by=by)
        ledger.record("kept", found, by=by)
    elif found.body != layout:
        before = {"body": found.body, "kept_by": found.kept_by_id}
        found.body, found.kept_by = layout, by
        found.save(update_fields=["body", "kept_by"])
        ledger.record("kept", found, by=by, before=before)
    return found
