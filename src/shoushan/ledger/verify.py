"""Is the ledger whole, and does every row still look as its last event left it?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from shoushan.core.errors import mark
from shoushan.ledger.canonical import leaf_hash, plain, root_hash
from shoushan.ledger.models import Event, Leaf, Ledgered, Pending, digest_of

ALTERED, ADDED, REMOVED, EVENT_ALTERED, EVENT_MISSING = "altered", "added", "removed", "event_altered", "event_missing"
# how each kind of finding is said
WORDS = {
    ALTERED: mark("%(thing)s was changed outside the ledger: %(fields)s"),
    ADDED: mark("%(thing)s was added outside the ledger"),
    REMOVED: mark("%(thing)s was removed outside the ledger"),
    EVENT_ALTERED: mark("event %(thing)s was changed after it was written"),
    EVENT_MISSING: mark("event %(thing)s is missing from the ledger"),
}


# a model's name and a row's key
Thing = tuple[str, str]


@dataclass(slots=True)
class Left:
    """How the last event left a thing: what it did, the digest, and of which fields that is."""

    verb: str
    state: str
    fields: frozenset[str]
    is_exact: bool  # whether the event says so itself, or it follows from what has been named since the thing is there


Last = dict[Thing, Left]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit: what kind, and where."""

    kind: str
    thing: str
    fields: str = ""

    def params(self) -> dict[str, str]:
        return {"thing": self.thing, "fields": self.fields}


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found, over how many events and rows, and the head over all leaves."""

    events: int
    rows: int
    head: str
    findings: list[Finding]
    gone: dict[str, int] = field(default_factory=dict)  # by kind, how many things no model answers for any more

    @property
    def sound(self) -> bool:
        return not self.findings


AT_ONCE = 2_000


def verify() -> Report:
    """Check events against their hashes and places, and every ledgered row against its last event."""
    findings: list[Finding] = []
    leaves: list[bytes] = []
    last: Last = {}
    findings += _events(leaves, last)
    rows = 0
    for model in ledgered_models():
        for finding in _rows(model, last):
            if finding is None:
                rows += 1
            else:
                findings.append(finding)
    known = {model.ledger_name() for model in ledgered_models()}
    left = [(name, key) for (name, key), at in last.items() if at.verb != "removed"]
    findings += [Finding(REMOVED, f"{name} {key}") for name, key in left if name in known]
    gone = Counter(name for name, _ in left if name not in known)
    return Report(len(leaves), rows, root_hash(leaves).hex(), findings, dict(gone))


def ledgered_models() -> list[type[Ledgered]]:
    """Every model the ledger answers for."""
    return [model for model in apps.get_models() if issubclass(model, Ledgered)]


def _events(leaves: list[bytes], last: Last) -> Iterator[Finding]:
    """Walk the leaves in order of place, filling ``leaves`` and how every thing was left."""
    versions: dict[Thing, int] = {}
    placed: set[int] = set()
    for leaf in Leaf.objects.select_related("event").iterator(2000):
        placed.add(leaf.event_id)
        leaves.append(bytes(leaf.hash))
        if leaf_hash(bytes(leaf.event.body)) != bytes(leaf.hash):
            yield Finding(EVENT_ALTERED, str(leaf.position))
        yield from _event(leaf.event, str(leaf.position), versions, last)
    # committed, but the sequencer has not come by yet
    waiting = list(Pending.objects.order_by("event_id").values_list("event_id", flat=True))
    for start in range(0, len(waiting), AT_ONCE):
        # by their keys: joined, a table that has just been filled is read once for every row of the other
        for event in Event.objects.filter(pk__in=waiting[start : start + AT_ONCE]).order_by("pk"):
            yield from _event(event, f"#{event.pk}", versions, last)
    yield from _gaps(placed)


def _event(event: Event, place: str, versions: dict[Thing, int], last: Last) -> Iterator[Finding]:
    """One event against its columns and the event before it of the same thing."""
    said = json.loads(bytes(event.body))
    thing = (event.subject, event.subject_id)
    if [said["verb"], *said["object"], said["person"]] != [event.verb, *thing, event.version, event.person_id]:
        yield Finding(EVENT_ALTERED, place)
    if event.version != versions.get(thing, 0) + 1:
        yield Finding(EVENT_MISSING, f"{event.subject} {event.subject_id} v{versions.get(thing, 0) + 1}")
    versions[thing] = event.version
    last[thing] = _left(said, last.get(thing))


def _left(said: dict[str, Any], former: Left | None) -> Left:
    """How an event left its thing. Of the first version, only those that write every field say which those were."""
    named = said.get("fields") or said["after"] or ()
    is_exact = "fields" in said or said["before"] is None
    fields = frozenset(named) if is_exact or former is None else former.fields.union(named)
    if former is not None and fields == former.fields:
        fields = former.fields
    return Left(said["verb"], said["state"], fields, is_exact)


def _gaps(placed: set[int]) -> Iterator[Finding]:
    """Places are counted from 0 without a gap, and no event is without place unless it waits for one."""
    positions = list(Leaf.objects.values_list("position", flat=True))
    for position in sorted(set(range(max(positions, default=-1) + 1)) - set(positions)):
        yield Finding(EVENT_MISSING, str(position))
    waiting = set(Pending.objects.values_list("event_id", flat=True))
    for pk in Event.objects.values_list("pk", flat=True).iterator(5000):
        if pk not in placed and pk not in waiting:
            yield Finding(EVENT_MISSING, f"#{pk}")


def _rows(model: type[Ledgered], last: Last) -> Iterator[Finding | None]:
    """Compare each row with how its last event left it, taking that out of ``last``; None for a sound row."""
    name, unfilled = model.ledger_name(), model.unfilled()
    manager: models.Manager[Ledgered] = model._base_manager
    for row in manager.order_by("pk").iterator(2000):
        left = last.pop((name, str(row.pk)), None)
        if left is None:
            yield Finding(ADDED, f"{name} {row.pk}")
        elif _is_as_left(row.ledgered_values(), left, unfilled):
            yield None
        else:
            yield Finding(ALTERED, f"{name} {row.pk}", _changed(row, name, unfilled))


def _is_as_left(values: dict[str, Any], left: Left, unfilled: dict[str, Any]) -> bool:
    """Whether the fields an event knew are as it left them, and those added since hold nothing yet."""
    if left.fields != values.keys():
        known = {field: values[field] for field in left.fields if field in values}
        since = all(plain(values[field]) == plain(unfilled[field]) for field in values.keys() - known.keys())
        if since and digest_of(known) == left.state:
            return True
        if left.is_exact:
            return False
    return digest_of(values) == left.state


def _changed(row: Ledgered, name: str, unfilled: dict[str, Any]) -> str:
    """The fields that differ from what the events say they became; what none says was never filled."""
    known = {field: plain(value) for field, value in unfilled.items()}
    for body in (
        Event.objects.filter(subject=name, subject_id=str(row.pk)).order_by("pk").values_list("body", flat=True)
    ):
        known |= json.loads(bytes(body))["after"] or {}
    values = row.plain_values()
    differ = {field for field, value in values.items() if known[field] != value}
    # of what is sealed no event says what it was, so it is named where nothing else was altered
    return ", ".join(sorted(differ - row.sealed or differ))
