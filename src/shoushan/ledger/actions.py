"""Writing to the ledger: one event for each change, inside the change's own transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

from django.db import connection, transaction

from shoushan.ledger import moment
from shoushan.ledger.canonical import canonical, leaf_hash, plain
from shoushan.ledger.models import Event, Ledgered, Pending

SEALED = "•"
# One number for the sequencer's advisory lock (PostgreSQL); any constant serves.
SEQUENCER_LOCK = 0x53_48_4F_55


class Actor(Protocol):
    """Somebody who acts: the ledger needs the id and the post held that day, no more."""

    pk: Any

    def post_words(self) -> str: ...


def record(
    verb: str,
    thing: Ledgered,
    *,
    by: Actor | None,
    before: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write the event of a change just saved.

    ``before`` holds the changed fields' former values; their new ones are read from ``thing``. Without
    ``before`` the thing is new (or gone) and all its fields are written. ``by`` is None only for what
    the system itself does. Call it inside the transaction of the change, with the row locked.
    """
    now = moment.current()
    values = thing.ledgered_values()
    after = {name: values[name] for name in before} if before is not None else values
    name, key = thing.ledger_name(), str(thing.pk)
    last = _largest("SELECT MAX(version) FROM ledger_event WHERE subject = %s AND subject_id = %s", name, key) or 0
    body = canonical(
        {
            "v": 1,
            "verb": verb,
            "object": [name, key, last + 1],
            "person": by.pk if by is not None else None,
            "post": by.post_words() if by is not None else "",
            "at": now.at,
            "request": now.request,
            "before": _written(thing, before),
            "after": _written(thing, after),
            "reason": reason,
            "state": thing.state_digest(),
        }
    )
    event = Event(
        verb=verb,
        subject=name,
        subject_id=key,
        version=last + 1,
        person_id=by.pk if by is not None else None,
        at=now.at,
        body=body,
    )
    _write(event)
    _place(event)
    return event


def record_new(verb: str, things: Sequence[Ledgered], *, by: Actor | None) -> None:
    """Write the events of things that have just been made, in a handful of statements however many they are."""
    if not things:
        return
    now, post = moment.current(), by.post_words() if by is not None else ""
    person = by.pk if by is not None else None
    events = []
    for thing in things:
        values = thing.ledgered_values()
        whole = canonical(values)
        body = canonical(
            {
                "v": 1,
                "verb": verb,
                "object": [thing.ledger_name(), str(thing.pk), 1],
                "person": person,
                "post": post,
                "at": now.at,
                "request": now.request,
                "before": None,
                "after": _written(thing, values),
                "reason": "",
                "state": hashlib.sha256(whole).hexdigest(),
            }
        )
        events.append(
            Event(
                verb=verb,
                subject=thing.ledger_name(),
                subject_id=str(thing.pk),
                version=1,
                person_id=person,
                at=now.at,
                body=body,
            )  # fmt: skip
        )
    Event.objects.bulk_create(events)
    if connection.vendor == "sqlite":
        _append(events)
    else:
        Pending.objects.bulk_create([Pending(event=event) for event in events])
        transaction.on_commit(sequence)


_COLUMNS = [field for field in Event._meta.concrete_fields if not field.primary_key]
_INSERT = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in _COLUMNS)})"  # noqa: S608 - no input
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}) RETURNING id"
)


def _write(event: Event) -> None:
    """Insert an event; in SQL, since every change does it and saving through the model costs several times more."""
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in _COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        event.pk = cursor.fetchone()[0]


def _written(thing: Ledgered, values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: SEALED if name in thing.sealed else plain(value) for name, value in values.items()}


def _place(event: Event) -> None:
    """SQLite has one writer, so the place is given at once; PostgreSQL's writers must not wait for it."""
    if connection.vendor == "sqlite":
        _append([event])
    else:
        Pending.objects.create(event=event)
        transaction.on_commit(sequence)


def _append(events: list[Event]) -> None:
    """Give events the next places; in SQL, as every change does it once."""
    with connection.cursor() as cursor:
        for event in events:
            cursor.execute(
                "INSERT INTO ledger_leaf (position, event_id, hash)"
                " SELECT COALESCE(MAX(position), -1) + 1, %s, %s FROM ledger_leaf",
                [event.pk, leaf_hash(bytes(event.body))],
            )


def _largest(question: str, *places: str) -> int | None:
    """The answer to a MAX; written as SQL, since every change asks it and the query builder costs ten times more."""
    with connection.cursor() as cursor:
        cursor.execute(question, places)
        row = cursor.fetchone()
    return None if row is None else row[0]


@transaction.atomic
def sequence() -> int:
    """Give every committed event its place, in the order of the events; how many were placed.

    Takes what is pending, never “id above the last”: a late commit would be skipped. One sequencer at a
    time; the loser returns at once, since the winner or the next kick takes its events.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
            row = cursor.fetchone()
        if row is None or not row[0]:
            return 0
    waiting = list(Pending.objects.select_related("event").order_by("event_id"))
    if waiting:
        _append([pending.event for pending in waiting])
        Pending.objects.filter(pk__in=[pending.pk for pending in waiting]).delete()
    return len(waiting)
