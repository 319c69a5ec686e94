"""Several figures at once: each is accepted by itself, and each refusal is kept beside its figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shoushan.core.errors import Refusal, mark
from shoushan.orgs.models import Person
from shoushan.returns.actions.verifying import accept
from shoushan.returns.models import Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one figure."""

    value: Value
    refusal: Refusal | None


def accept_several(chosen: Iterable[tuple[Value, int]], *, at: datetime, by: Person) -> list[Outcome]:
    """Accept figures that were chosen from a list, each with the version that was read there."""
    return [_one(value, version, at, by) for value, version in chosen]


def _one(value: Value, version: int, at: datetime, by: Person) -> Outcome:
    try:
        if not by.has_perm("returns.verify", value.entry.unit):
            raise Refusal(
                "access.scope",
                mark("This unit's figures are not yours to verify."),
                hint=mark("Ask the administrator for a role."),
            )
        accept(value, version=version, at=at, by=by)
    except Refusal as refusal:
        return Outcome(value, refusal)
    return Outcome(value, None)
