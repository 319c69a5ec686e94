"""Several figures of a unit's month saved together: what is good is kept, and each other one says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction

from shoushan.core.errors import Refusal
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator
from shoushan.returns.actions.checking import Given
from shoushan.returns.actions.entering import save_value
from shoushan.returns.clocks import check_open
from shoushan.returns.models import Period, Value

Outcome = Literal["created", "changed", "left", "refused"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of several: whose, what is given, and which version its giver saw (0 for none)."""

    indicator: Indicator
    about: Unit
    given: Given
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one cell."""

    cell: Cell
    outcome: Outcome
    value: Value | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of every cell, in their order."""

    cells: list[Done] = field(default_factory=list)

    def count(self, *outcomes: Outcome) -> int:
        return sum(done.outcome in outcomes for done in self.cells)

    @property
    def refused(self) -> list[Done]:
        return [done for done in self.cells if done.outcome == "refused"]


@transaction.atomic
def save_cells(period: Period, unit: Unit, cells: Sequence[Cell], *, at: datetime, by: Person) -> Saved:
    """Save several figures; one that is refused holds up no other, and one that says the same is left as it is."""
    check_open(period, unit, at=at)
    rows = Value.objects.filter(entry__period=period, entry__unit=unit).select_related("entered_by")
    standing = {(value.indicator_id, value.unit_id): value for value in rows}
    return Saved(
        [_save(period, unit, cell, standing.get((cell.indicator.pk, cell.about.pk)), at=at, by=by) for cell in cells]
    )


@transaction.atomic
def plan_cells(period: Period, unit: Unit, cells: Sequence[Cell], *, at: datetime, by: Person) -> Saved:
    """What saving them would do; nothing is kept of it."""
    planned = save_cells(period, unit, cells, at=at, by=by)
    transaction.set_rollback(True)
    return planned


def _save(period: Period, unit: Unit, cell: Cell, before: Value | None, *, at: datetime, by: Person) -> Done:
    if before is not None and says_the_same(before, cell.given):
        return Done(cell, "left", before)
    try:
        # a savepoint of its own: what one cell is refused for undoes nothing of the others
        with transaction.atomic():
            saved = save_value(
                period,
                unit,
                cell.indicator,
                about=cell.about,
                **asdict(cell.given),
                version=cell.version,
                at=at,
                by=by,
            )
    except Refusal as refusal:
        return Done(cell, "refused", before, refusal)
    return Done(cell, "created" if before is None else "changed", saved)


def says_the_same(value: Value, given: Given) -> bool:
    """Whether a figure stands already as it is given; of a ratio its parts are compared."""
    amounts = given.has_parts or value.amount == given.amount
    parts = (value.numerator, value.denominator) == (given.numerator, given.denominator)
    texts = (value.is_nil, value.no_data, value.note) == (given.is_nil, given.no_data.strip(), given.note.strip())
    return amounts and parts and texts
