"""Reading the ledger: what happened to a thing, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, models

from shoushan.ledger.models import Event, Ledgered


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the timeline shows it: who, with which post that day, before and after, why, where it stands."""

    verb: str
    at: datetime
    person_id: int | None
    post: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    position: int | None
    event_id: int
    subject: str
    subject_id: str
    hash: str


def kind_of(subject: str) -> type[models.Model] | None:
    """The model an event is about; none where its work line has been taken out of the district's system."""
    try:
        return apps.get_model(subject)
    except LookupError:
        return None


def timeline(*things: Ledgered, limit: int = 50) -> list[Entry]:
    """The events of some things together, newest first."""
    if not things:
        return []
    wanted = Event.objects.none()
    for thing in things:
        wanted = wanted | Event.objects.filter(subject=thing.ledger_name(), subject_id=str(thing.pk))
    return entries(wanted.order_by("-id")[:limit])


def entries(events: Any) -> list[Entry]:
    """Events with their bytes read, in the order given."""
    return [_entry(event) for event in events.select_related("leaf")]


def _entry(event: Event) -> Entry:
    body = json.loads(bytes(event.body))
    leaf = getattr(event, "leaf", None)
    return Entry(
        verb=event.verb,
        at=event.at,
        person_id=event.person_id,
        post=body["post"],
        before=body["before"] or {},
        after=body["after"] or {},
        reason=body["reason"],
        position=leaf.position if leaf else None,
        event_id=event.pk,
        subject=event.subject,
        subject_id=event.subject_id,
        hash=bytes(leaf.hash).hex() if leaf else "",
    )


def fields_before(model: type[Ledgered], keys: Iterable[int], at: datetime) -> dict[int, dict[str, Any]]:
    """What has changed in some rows since a moment: by row, each changed field's value as it stood then."""
    wanted = {str(key) for key in keys}
    found: dict[int, dict[str, Any]] = {}
    later = Event.objects.filter(subject=model.ledger_name(), at__gte=at).order_by("-id")
    for subject_id, body in later.values_list("subject_id", "body").iterator():
        if subject_id in wanted:
            # the newest first, so that the oldest change after the moment has the last word
            found.setdefault(int(subject_id), {}).update(json.loads(bytes(body))["before"] or {})
    return found


M = TypeVar("M", bound=Ledgered)


def as_it_was(rows: Iterable[M], at: datetime) -> list[M]:
    """Rows as they stood at a moment: later changes are taken back, what was made later is left out; not to be saved.

    Three questions however many rows. A row that was removed since is in `removed_since`.
    """
    return _as_they_stood(list(rows), at)


def removed_since(model: type[M], at: datetime) -> list[M]:
    """Rows that stood at a moment and were removed later, as they stood then; not to be saved."""
    events = Event.objects.filter(subject=model.ledger_name(), verb="removed", at__gte=at).order_by("id")
    return _as_they_stood([_built(model, int(each.subject_id), each.after) for each in entries(events)], at)


def _built(model: type[M], key: int, fields: dict[str, Any]) -> M:
    row = model(pk=key)
    _set(row, fields)
    return row


def _set(row: Ledgered, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


def _as_they_stood(found: list[M], at: datetime) -> list[M]:
    if not found:
        return []
    model = type(found[0])
    later = Event.objects.filter(subject=model.ledger_name(), version=1, at__gte=at).values_list(
        "subject_id", flat=True
    )
    made_since = set(later)
    standing = [row for row in found if str(row.pk) not in made_since]
    before = fields_before(model, [row.pk for row in standing], at)
    for row in standing:
        _set(row, before.get(row.pk, {}))
    return standing


LAST = """
SELECT (SELECT hash FROM ledger_leaf ORDER BY position DESC LIMIT 1), COUNT(*), MAX(event_id) FROM ledger_pending
"""


def last_written() -> tuple[bytes, int, int | None]:
    """How far the ledger goes: its last hash, and the events that wait for a place. Nothing changes without it.

    The hash and not the place alone, since a change that is undone gives its place to another; and how many wait, since
    an earlier event may be committed after a later one. Asked on every page, so in one plain question.
    """
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        last, waiting, newest = cursor.fetchone()
    return bytes(last or b""), waiting, newest
