"""Is the ledger whole, and does every row still look as its last event left it?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from shoushan.core.errors import mark
from shoushan.ledger.canonical import leaf_hash, plain, root_hash
from shoushan.ledger.models import Event, Leaf, Ledgered, Pending

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

    @property
    def sound(self) -> bool:
        return not self.findings


AT_ONCE = 2_000


def verify() -> Report:
    """Check events against their hashes and places, and every ledgered row against its last event."""
    findings: list[Finding] = []
    leaves: list[bytes] = []
    last: dict[tuple[str, str], tuple[str, dict[str, object]]] = {}
    findings += _events(leaves, last)
    rows = 0
    for model in ledgered_models():
        for finding in _rows(model, last):
            if finding is None:
                rows += 1
            else:
                findings.append(finding)
    findings += [Finding(REMOVED, f"{name} {key}") for (name, key), (verb, _) in last.items() if verb != "removed"]
    return Report(len(leaves), rows, root_hash(leaves).hex(), findings)


def ledgered_models() -> list[type[Ledgered]]:
    """Every model the ledger answers for."""
    return [model for model in apps.get_models() if issubclass(model, Ledgered)]


def _events(leaves: list[bytes], last: dict[tuple[str, str], tuple[str, dict[str, object]]]) -> Iterator[Finding]:
    """Walk the leaves in order of place, filling ``leaves`` and the last body of every thing."""
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


def _event(
    event: Event, place: str, versions: dict[Thing, int], last: dict[Thing, tuple[str, dict[str, object]]]
) -> Iterator[Finding]:
    """One event against its columns and the event before it of the same thing."""
    said = json.loads(bytes(event.body))
    thing = (event.subject, event.subject_id)
    if [said["verb"], *said["object"], said["person"]] != [event.verb, *thing, event.version, event.person_id]:
        yield Finding(EVENT_ALTERED, place)
    if event.version != versions.get(thing, 0) + 1:
        yield Finding(EVENT_MISSING, f"{event.subject} {event.subject_id} v{versions.get(thing, 0) + 1}")
    versions[thing] = event.version
    last[thing] = (event.verb, said)


def _gaps(placed: set[int]) -> Iterator[Finding]:
    """Places are counted from 0 without a gap, and no event is without place unless it waits for one."""
    positions = list(Leaf.objects.values_list("position", flat=True))
    for position in sorted(set(range(max(positions, default=-1) + 1)) - set(positions)):
        yield Finding(EVENT_MISSING, str(position))
    waiting = set(Pending.objects.values_list("event_id", flat=True))
    for pk in Event.objects.values_list("pk", flat=True).iterator(5000):
        if pk not in placed and pk not in waiting:
            yield Finding(EVENT_MISSING, f"#{pk}")


def _rows(
    model: type[Ledgered], last: dict[tuple[str, str], tuple[str, dict[str, object]]]
) -> Iterator[Finding | None]:
    """Compare each row with its last event, taking that event out of ``last``; None for a sound row."""
    name = model.ledger_name()
    manager: models.Manager[Ledgered] = model._base_manager
    for row in manager.order_by("pk").iterator(2000):
        verb, said = last.pop((name, str(row.pk)), ("", {}))
        if not said:
            yield Finding(ADDED, f"{name} {row.pk}")
        elif said["state"] != row.state_digest():
            yield Finding(ALTERED, f"{name} {row.pk}", _changed(row, name))
        else:
            yield None


def _changed(row: Ledgered, name: str) -> str:
    """The fields that differ from what the events say they became, where they say it."""
    known: dict[str, object] = {}
    for body in Event.objects.filter(subject=name, subject_id=str(row.pk)).values_list("body", flat=True):
        known |= json.loads(bytes(body))["after"] or {}
    values = {field: plain(value) for field, value in row.ledgered_values().items()}
    return ", ".join(sorted(field for field, value in values.items() if field in known and known[field] != value))
