"""Which events an archive takes along, each with the way from it to the ledger's head (RFC 9162 §2.1.3)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from shoushan.ledger.canonical import level_above
from shoushan.ledger.models import Event, Leaf, Ledgered

Levels = list[list[bytes]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole ledger as a tree of hashes, from its leaves up to its head."""

    levels: Levels

    @property
    def size(self) -> int:
        return len(self.levels[0])

    @property
    def head(self) -> str:
        return self.levels[-1][0].hex()

    def proof(self, position: int) -> list[tuple[str, str]]:
        """The neighbours on the way up, each with its side; where a level is odd, its last node goes up alone."""
        found = []
        for level in self.levels[:-1]:
            neighbour = position ^ 1
            if neighbour < len(level):
                found.append(("left" if neighbour < position else "right", level[neighbour].hex()))
            position //= 2
        return found


def ledger() -> Ledger:
    """The ledger as it stands."""
    levels = [[bytes(leaf) for leaf in Leaf.objects.order_by("position").values_list("hash", flat=True)]]
    while len(levels[-1]) > 1:
        levels.append(level_above(levels[-1]))
    return Ledger(levels)


def events_of(tree: Ledger, things: Iterable[Ledgered]) -> str:
    """Every event about some things, a line each, with its bytes and its proof; in the ledger's order."""
    ids: dict[str, list[str]] = {}
    for thing in things:
        ids.setdefault(thing.ledger_name(), []).append(str(thing.pk))
    found = Event.objects.none()
    for subject, keys in ids.items():
        found = found | Event.objects.filter(subject=subject, subject_id__in=keys)
    placed = found.filter(leaf__position__lt=tree.size).select_related("leaf").order_by("leaf__position")
    lines = [
        {
            "position": event.leaf.position,
            "body": bytes(event.body).decode(),
            "proof": tree.proof(event.leaf.position),
        }
        for event in placed
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
