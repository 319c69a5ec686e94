"""Several records at once: each is moved or confirmed by itself, and each refusal is kept beside its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.orgs.models import Person
from shoushan.registers.actions.stages import advance, decide
from shoushan.registers.lines import line_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record."""

    record: Any
    refusal: Refusal | None


def several(records: Iterable[Any], do: str, stage: str, *, on: date, today: date, by: Person) -> list[Outcome]:
    """Move each record on to a stage (``advance``), or confirm that stage of it (``confirm``)."""
    return [_one(record, do, stage, on, today, by) for record in records]


def _one(record: Any, do: str, stage: str, on: date, today: date, by: Person) -> Outcome:
    try:
        _check(record, do, stage, by)
        if do == "confirm":
            decide(record, stage, "accepted", by=by)
        else:
            advance(record, stage, on=on, today=today, by=by)
    except Refusal as refusal:
        return Outcome(record, refusal)
    return Outcome(record, None)


def _check(record: Any, do: str, stage: str, by: Person) -> None:
    if stage not in [str(each) for each in line_of(record).flow.stages]:
        raise Refusal(
            "stage.unknown",
            mark("This register has no stage “%(stage)s”."),
            hint=mark("Its stages are: %(stages)s."),
            params={"stage": stage, "stages": ", ".join(str(each) for each in line_of(record).flow.stages)},
            field="stage",
        )
    if not by.has_perm("registers.confirm" if do == "confirm" else "registers.work", record):
        raise Refusal(
            "access.scope",
            mark("This record is not yours to move or to confirm."),
            hint=mark("Ask the administrator for a role."),
        )
