"""Words with a fixed meaning: choices written out, ticks under the name of a choice, currencies."""

from __future__ import annotations

from typing import NamedTuple

from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, asked, bad, figure_text, is_nothing, shown
from shoushan.exchange.clerk.intake import FieldIntake
from shoushan.exchange.clerk.numbers import written
from shoushan.exchange.clerk.words import words
from shoushan.exchange.foreign import Cell, Value


def choice_reader(field: FieldIntake) -> Reader:
    """Reads a word that must be one of the choices."""

    def read(value: Value, percent: bool) -> Reading:
        text = figure_text(shown(value))
        found = field.choice_of(text)
        if found is not None:
            return Reading(found)
        if is_nothing(text):
            return EMPTY
        return bad("bad_choice", said=written(value), choices=", ".join(field.choices))

    return read


def currency_reader() -> Reader:
    def read(value: Value, percent: bool) -> Reading:
        text = figure_text(shown(value))
        if is_nothing(text):
            return EMPTY
        code = words().currency_of.get(text) or words().currency_of.get(text.upper())
        return Reading(code) if code else bad("bad_choice", said=written(value), choices=", ".join(words().currencies))

    return read


class Tick(NamedTuple):
    """One cell of the tick columns: which choice, and the cell under it."""

    place: int
    choice: str
    label: str
    cell: Cell


def read_ticks(field: FieldIntake, ticks: list[Tick]) -> tuple[Reading, Tick | None]:
    """The choice that is ticked, and the cell that decides (or is at fault)."""
    told: list[Tick] = []
    crossed: list[Tick] = []
    for tick in ticks:
        text = figure_text(shown(tick.cell.value)).upper()
        if is_nothing(text) or text in words().ticks.empty:
            continue
        if text in words().ticks.yes or field.choice_of(text) == tick.choice:
            told.append(tick)
        elif text in words().ticks.no:
            crossed.append(tick)
        else:
            choices = ", ".join(sorted(words().ticks.yes)[:3])
            return bad("bad_choice", said=written(tick.cell.value), choices=choices), tick
    if len(told) > 1 and field.ticks == "one":
        return bad("two_ticks", first=told[0].label, second=told[1].label), told[1]
    if told:
        order = list(field.choices)
        last = max(told, key=lambda tick: order.index(tick.choice)) if field.ticks == "last" else told[0]
        return Reading(last.choice), last
    # A cross against every other choice of two says as much as a tick; a lone cross among ticks says nothing.
    if crossed and len(crossed) == len(ticks) - 1 and len(ticks) > 1 and len(crossed) > 1:
        return EMPTY, None
    if crossed:
        options = tuple((choice, choice) for choice in field.choices)
        return asked("mark_meaning", said=shown(crossed[0].cell.value), options=options), crossed[0]
    return EMPTY, None
