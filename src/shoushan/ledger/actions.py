"""Writing to the ledger: one event for each change, inside the change's own transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Max

from shoushan.ledger import moment, rows
from shoushan.ledger.canonical import canonical, leaf_hash, plain, written
from shoushan.ledger.models import Event, Ledgered, Pending, digest_of

SEALED = "•"
# since 2, an event says which fields its state is of, so that a column added later does not alter what stands
VERSION = 2
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
    name, key = thing.ledger_name(), str(thing.pk)
    last = _largest("SELECT MAX(version) FROM ledger_event WHERE subject = %s AND subject_id = %s", name, key) or 0
    body = _body(verb, thing, last + 1, now, by=by, before=before, reason=reason)
    event = Event(
        verb=verb,
        subject=name,
        subject_id=key,
        version=last + 1,
        person_id=by.pk if by is not None else None,
        at=now.at,
        body=body,
    )
    event.pk = _insert(event)
    _place(event)
    return event


def _body(
    verb: str,
    thing: Ledgered,
    version: int,
    now: moment.Moment,
    *,
    by: Actor | None,
    before: dict[str, Any] | None,
    reason: str,
) -> bytes:
    """The bytes of a change's event."""
    values = thing.ledgered_values()
    after = {name: values[name] for name in before} if before is not None else values
    said = {
        "v": VERSION,
        "verb": verb,
        "object": [thing.ledger_name(), str(thing.pk), version],
        "person": by.pk if by is not None else None,
        "post": by.post_words() if by is not None else "",
        "at": now.at,
        "request": now.request,
        "before": _written(thing, before),
        "after": _written(thing, after),
        "reason": reason,
        "state": digest_of(values),
    }
    if before is not None:
        # which fields the state is of; where all are written, `after` says it
        said["fields"] = sorted(values)
    return canonical(said)


def change(verb: str, thing: Ledgered, new: dict[str, Any], *, by: Actor | None, reason: str = "") -> Event:
    """Set some fields of a thing, save them, and write the event: what every change of one row comes to.

    ``new`` is by the field's name, or by its column's (``goal_id``) where only the key is at hand. As for `record`, the
    caller holds the row and has checked what may be.
    """
    before = _set(thing, new)
    thing.save(update_fields=list(before))
    return record(verb, thing, by=by, before=before, reason=reason)


def change_all(verb: str, things: Sequence[Ledgered], new: dict[str, Any], *, by: Actor | None) -> None:
    """Set the same fields of several things of one model, as `change` does; a handful of statements however many."""
    if not things:
        return
    now, model, person = moment.current(), type(things[0]), by.pk if by is not None else None
    before = [_set(thing, new) for thing in things]
    model._default_manager.filter(pk__in=[thing.pk for thing in things]).update(**new)
    keys = [str(thing.pk) for thing in things]
    standing = Event.objects.filter(subject=model.ledger_name(), subject_id__in=keys)
    versions = dict(standing.order_by().values_list("subject_id").annotate(Max("version")))
    made = []
    for thing, key, was in zip(things, keys, before, strict=True):
        version = versions.get(key, 0) + 1
        body = _body(verb, thing, version, now, by=by, before=was, reason="")
        made.append((verb, model.ledger_name(), key, version, person, now.at, body))
    _keep(made)


def _set(thing: Ledgered, new: dict[str, Any]) -> dict[str, Any]:
    """Set fields, and tell by their names what they were."""
    values = thing.ledgered_values()
    before = {name: values[name] for name in (thing._meta.get_field(given).name for given in new)}
    for name, value in new.items():
        setattr(thing, name, value)
    return before


def record_new(*made: tuple[str, Sequence[Ledgered]], by: Actor | None) -> None:
    """Write the events of things that have just been made, in a handful of statements however many they are.

    ``record_new(("entered", records), ("reached", steps), by=person)``
    """
    now, post = moment.current(), by.post_words() if by is not None else ""
    person = by.pk if by is not None else None
    at, request = plain(now.at), plain(now.request)
    made_of: list[tuple[Any, ...]] = []
    for verb, thing in ((verb, thing) for verb, things in made for thing in things):
        values = thing.plain_values()
        state = written(values)
        after = written({**values, **dict.fromkeys(thing.sealed & values.keys(), SEALED)}) if thing.sealed else state
        name, key = thing.ledger_name(), str(thing.pk)
        rest = {
            "v": VERSION, "verb": verb, "object": [name, key, 1], "person": person, "post": post, "at": at,
            "request": request, "before": None, "reason": "", "state": hashlib.sha256(state).hexdigest(),
        }  # fmt: skip
        # the values are written once: “after” is the first key of a canonical body
        made_of.append((verb, name, key, 1, person, now.at, b'{"after":' + after + b"," + written(rest)[1:]))
    _keep(made_of)


def _keep(made: Sequence[tuple[Any, ...]]) -> None:
    """Insert events given as the values of their fields, and give each its place."""
    if not made:
        return
    ids = rows.take_ids(Event, len(made))
    rows.insert(Event, ((pk, *row) for pk, row in zip(ids, made, strict=True)))
    if connection.vendor == "sqlite":
        _append([(pk, row[-1]) for pk, row in zip(ids, made, strict=True)])
    else:
        rows.insert(Pending, ((pk,) for pk in ids))
        transaction.on_commit(sequence)


_FIELDS = [field for field in Event._meta.concrete_fields if not field.primary_key]
_INTO = f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in _FIELDS)}) "  # noqa: S608 - no input
_PLACES = f"({', '.join(['%s'] * len(_FIELDS))})"
# PostgreSQL numbers and hashes what waits where it stands; the hash is that of `leaf_hash`
_SEQUENCE = """
    WITH waiting AS (DELETE FROM ledger_pending RETURNING event_id)
    INSERT INTO ledger_leaf (position, event_id, hash)
    SELECT (SELECT COALESCE(MAX(position), -1) FROM ledger_leaf) + row_number() OVER (ORDER BY id),
           id, sha256('\\x00'::bytea || body)
    FROM ledger_event WHERE id = ANY(ARRAY(SELECT event_id FROM waiting)) ORDER BY id
"""


def _insert(event: Event) -> int:
    """Insert an event and tell its id; in SQL, since every change does it and the models cost several times more."""
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in _FIELDS]
    with connection.cursor() as cursor:
        cursor.execute(f"{_INTO}VALUES {_PLACES} RETURNING id", values)
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - an insertion that did not happen raises
    return int(row[0])


def _written(thing: Ledgered, values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: SEALED if name in thing.sealed else plain(value) for name, value in values.items()}


def _place(event: Event) -> None:
    """SQLite has one writer, so the place is given at once; PostgreSQL's writers must not wait for it."""
    if connection.vendor == "sqlite":
        _append([(event.pk, event.body)])
    else:
        Pending.objects.create(event=event)
        transaction.on_commit(sequence)


def _append(events: Sequence[tuple[int, bytes | memoryview]]) -> None:
    """Give events the next places; in SQL, as every change does it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(position), -1) + 1 FROM ledger_leaf")
        row = cursor.fetchone()
        first = 0 if row is None else row[0]
        places = [(first + number, pk, leaf_hash(bytes(body))) for number, (pk, body) in enumerate(events)]
        cursor.executemany("INSERT INTO ledger_leaf (position, event_id, hash) VALUES (%s, %s, %s)", places)


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
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        row = cursor.fetchone()
        if row is None or not row[0]:
            return 0
        cursor.execute(_SEQUENCE)
        return int(cursor.rowcount)
