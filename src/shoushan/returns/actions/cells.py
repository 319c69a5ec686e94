"""Several figures of a unit's month saved together: what is good is kept, and each other one says why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from shoushan.core.errors import Refusal
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator
from shoushan.returns.actions.checking import Given
from shoushan.returns.actions.entering import begun, change, not_asked, told
from shoushan.returns.clocks import check_open
from shoushan.returns.models import Period, Return, Value
from shoushan.returns.queries.asked import asked_keys
from shoushan.returns.queries.before import Around, around_all

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
    said: dict[str, Any] = field(default_factory=dict)


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
    """Save several figures; one that is refused holds up no other, and one that says the same is left as it is.

    The same questions however many: on the last night everybody saves a whole month at once.
    """
    check_open(period, unit, at=at)
    with transaction.atomic():
        entry = begun(period, unit, at=at, by=by)
        standing = _standing(entry)
        asked = asked_keys(period, unit)
        around = around_all(period, [(cell.indicator, cell.about) for cell in cells])
        done: list[Done] = []
        for cell in cells:
            key = cell.indicator.pk, cell.about.pk
            done.append(_look(entry, cell, standing.get(key), around[key], is_asked=key in asked))
        saved = Saved([_kept(each, at=at, by=by) for each in done])
        _create([each.value for each in saved.cells if each.outcome == "created" and each.value], at=at, by=by)
        if not saved.count("created", "changed"):
            # a month in which nothing was saved has not begun
            transaction.set_rollback(True)
    return saved


def _standing(entry: Return) -> dict[tuple[int, int], Value]:
    # in no order, which the query builder takes longer to write than all the rest
    rows = entry.values.order_by().select_for_update(of=("self",)).select_related("entered_by", "indicator")
    return {(value.indicator_id, value.unit_id): value for value in rows}


def _look(entry: Return, cell: Cell, before: Value | None, around: Around, *, is_asked: bool) -> Done:
    """What becomes of a cell; a new figure is made and not yet written."""
    if before is not None and says_the_same(before, cell.given):
        return Done(cell, "left", before)
    if not is_asked:
        return Done(cell, "refused", before, not_asked(entry, cell.indicator))
    try:
        said = told(cell.indicator, cell.given, around, before, cell.version)
    except Refusal as refusal:
        return Done(cell, "refused", before, refusal)
    if before is not None:
        return Done(cell, "changed", before, said=said)
    return Done(cell, "created", Value(entry=entry, indicator=cell.indicator, unit=cell.about, **said))


def _kept(done: Done, *, at: datetime, by: Person) -> Done:
    if done.outcome == "changed" and done.value is not None:
        change(done.value, done.said, at=at, by=by)
    return done


def _create(values: list[Value], *, at: datetime, by: Person) -> None:
    for value in values:
        value.entered_by, value.entered_at = by, at
    ledger.record_new(("saved", Value.objects.bulk_create(values)), by=by)


@transaction.atomic
def plan_cells(period: Period, unit: Unit, cells: Sequence[Cell], *, at: datetime, by: Person) -> Saved:
    """What saving them would do; nothing is kept of it."""
    planned = save_cells(period, unit, cells, at=at, by=by)
    transaction.set_rollback(True)
    return planned


def says_the_same(value: Value, given: Given) -> bool:
    """Whether a figure stands already as it is given; of a ratio its parts are compared."""
    amounts = given.has_parts or value.amount == given.amount
    parts = (value.numerator, value.denominator) == (given.numerator, given.denominator)
    texts = (value.is_nil, value.no_data, value.note) == (given.is_nil, given.no_data.strip(), given.note.strip())
    return amounts and parts and texts
