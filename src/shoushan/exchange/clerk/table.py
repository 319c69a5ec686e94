"""Reads the rows of one placed table, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from shoushan.exchange.clerk.cells import EMPTY, Reader, Reading, shown
from shoushan.exchange.clerk.choices import Tick, read_ticks
from shoushan.exchange.clerk.drafts import At, Draft, Wrong
from shoushan.exchange.clerk.intake import FieldIntake, TableIntake
from shoushan.exchange.clerk.layout import Placed
from shoushan.exchange.clerk.readers import Setting, reader_of
from shoushan.exchange.clerk.rows import DATA, GROUP, Classifier, above, group_value
from shoushan.exchange.clerk.view import View, holds, name_of
from shoushan.exchange.clerk.words import narrow
from shoushan.exchange.foreign import Cell
from shoushan.exchange.parsers.excel import letters

Overrides = Mapping[tuple[int, str], str]
"""What is read instead: by row and field."""


@dataclass(frozen=True)
class ColumnPlan:
    """How one column is read; made once, used for every row."""

    place: int
    name: str
    label: str
    field: FieldIntake
    read: Reader
    letter: str = ""
    seen: dict[object, Reading] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class TickPlan:
    """The tick columns of one field: each with its choice and its header."""

    name: str
    label: str
    field: FieldIntake
    columns: tuple[tuple[int, str, str], ...]


@dataclass
class TableRead:
    """The drafts of one table, and what was left aside."""

    placed: Placed
    table: TableIntake
    drafts: list[Draft]
    ignored: list[tuple[int, str]]
    legend: list[str]
    columns: list[ColumnPlan]

    def label(self, name: str) -> str:
        """The header over a field; its name where no column gives it."""
        return next((plan.label for plan in self.columns if plan.name == name), name)


class TableReader:
    """Reads one table with its plan of columns."""

    def __init__(self, placed: Placed, table: TableIntake, setting: Setting, overrides: Overrides) -> None:
        self.placed = placed
        self.table = table
        self.setting = setting
        self.overrides = overrides
        self.view: View = placed.view
        self.columns = [
            ColumnPlan(
                heading.column, column.field, heading.label, table.fields[column.field],
                reader_of(table.fields[column.field], heading.label, setting, column.unit), letters(heading.column + 1),
            )
            for heading, column in placed.columns
            if column.field and not column.choice
        ]  # fmt: skip
        self.ticks = self._tick_plans()
        self.given = {plan.name for plan in self.columns} | {plan.name for plan in self.ticks}
        self.compared = [heading.column for heading, column in placed.columns if column.ignored != "serial"]
        self.expected = max((heading.column for heading, _ in placed.columns), default=-1) + 1

    def read(self) -> TableRead:
        ignored = above(self.placed) + [(row, "header") for row in range(self.placed.top, self.placed.first)]
        legend = [" ".join(self._texts(row)) for row in range(self.placed.top)]
        drafts: list[Draft] = []
        group: dict[str, str] = {}
        seen: set[tuple[object, ...]] = set()
        for row, kind, text in Classifier(self.placed, self.table).rows():
            if kind == DATA:
                cells = self.view.cells(row)
                same = self._compared(cells)
                if same in seen:
                    ignored.append((row, "duplicate"))
                    continue
                seen.add(same)
                drafts.append(self._draft(row, cells, group))
                continue
            ignored.append((row, kind))
            if kind == GROUP:
                group = self._group(text)
            elif kind in ("note", "signature"):
                legend.append(" ".join(self._texts(row)))
        return TableRead(self.placed, self.table, drafts, ignored, legend, [*self.columns, *self._as_columns()])

    def _as_columns(self) -> list[ColumnPlan]:
        """Tick columns as one column each, for the header over them."""
        return [ColumnPlan(plan.columns[0][0], plan.name, plan.label, plan.field, _unread) for plan in self.ticks]

    def _tick_plans(self) -> list[TickPlan]:
        names = dict.fromkeys(column.field for _, column in self.placed.columns if column.choice)
        plans = []
        for name in names:
            under = [
                (heading, column) for heading, column in self.placed.columns if column.field == name and column.choice
            ]
            first = under[0][0]
            label = first.label.rpartition("/")[0] or first.label
            columns = tuple((heading.column, column.choice, heading.label) for heading, column in under)
            plans.append(TickPlan(name, label, self.table.fields[name], columns))
        return plans

    def _texts(self, row: int) -> list[str]:
        return [cell.value for cell in self.view.own(row).values() if isinstance(cell.value, str)]

    def _compared(self, cells: list[Cell]) -> tuple[object, ...]:
        """What makes a row equal to another: all visible columns but the serial number."""
        found = [cells[column] for column in self.compared]
        return tuple([cell.value.strip() if type(cell.value) is str else cell.value or cell.said for cell in found])

    def _group(self, text: str) -> dict[str, str]:
        """The field that a group row gives to the rows below it."""
        value = group_value(text)
        for name in self.table.groups:
            field = self.table.fields[name]
            if name in self.given:
                continue
            if field.choices:
                choice = field.choice_of(value) or next(
                    (one for one, said in field.choices.items() if any(narrow(word) in value for word in (one, *said))),
                    None,
                )
                if choice:
                    return {name: choice}
            elif field.kind in ("unit", "split"):
                found = self.setting.directory.find(value)
                if found.value:
                    return {name: found.value}
            else:
                return {name: value}
        return {}

    def _draft(self, row: int, cells: list[Cell], group: Mapping[str, str]) -> Draft:
        draft = Draft(row + 1, values=dict(group))
        for plan in self.columns:
            self._column(draft, cells[plan.place], plan)
        for ticks in self.ticks:
            self._ticked(draft, cells, ticks)
        for name in self.table.groups:
            if self.table.fields[name].required and name not in self.given and name not in draft.values:
                draft.refuse(At(name, name, ""), "required")
        if not self.view.name:
            self._check_width(draft, row)
        return draft

    def _check_width(self, draft: Draft, row: int) -> None:
        """In a CSV a row of another width has its values in the wrong columns: nothing else of it is told."""
        found = len(self.view.rows[row])
        if found > self.expected and any(holds(cell) for cell in self.view.rows[row][self.expected :]):
            draft.wrong.clear()
            draft.asks.clear()
            draft.wrong.append(_width(found, self.expected))

    def _column(self, draft: Draft, cell: Cell, plan: ColumnPlan) -> None:
        value, formula, _, error, _, _, percent, fill, link, said = cell
        at = draft.cells[plan.name] = At(plan.name, plan.label, f"{plan.letter}{draft.row}")
        if fill:
            draft.fills[plan.place] = fill
        if self.overrides:
            override = self.overrides.get((draft.row, plan.name))
            if override is not None:
                self._take(draft, at, plan.read(override, False), plan.field, override, answered=True)
                return
        if formula or error or link:
            reading = self._special(cell, plan)
        else:
            # Kinds of number are told apart: True is no 1.
            key = (value, percent, type(value))
            found = plan.seen.get(key)
            reading = found if found is not None else plan.seen.setdefault(key, plan.read(value, percent))
        if reading.value is not None and not (reading.note or reading.more or reading.ask):
            draft.values[plan.name] = reading.value
        elif reading is EMPTY:
            self._nothing(draft, at, plan.field)
        else:
            self._take(draft, at, reading, plan.field, said or shown(value), stored=not cell.uncached)

    def _special(self, cell: Cell, plan: ColumnPlan) -> Reading:
        """A cell that holds a formula, an error or a link."""
        if cell.error:
            return Reading(fault="error_value", params={"said": cell.said})
        if plan.field.kind == "link" and cell.link:
            return Reading(cell.link)
        if cell.uncached:
            return Reading(fault="formula_no_value")
        if cell.external and cell.value is not None:
            return Reading(
                ask="external_value", params={"said": shown(cell.value)}, options=((shown(cell.value),) * 2,)
            )
        return plan.read(cell.value, cell.percent)

    def _take(
        self, draft: Draft, at: At, reading: Reading, field: FieldIntake, said: str, *, stored: bool = True,
        answered: bool = False,
    ) -> None:  # fmt: skip
        if reading.fault:
            draft.refuse(at, reading.fault, **reading.params)
            draft.unread[at.field] = said if stored else None
            return
        if reading.more:
            draft.values.update(reading.more)
            for name in reading.more:
                draft.cells.setdefault(name, At(name, at.label, at.cell))
        if reading.note and not reading.ask:
            draft.notes[at.field] = reading
        if reading.ask:
            draft.ask(at, reading.ask, empties=True, options=reading.options, **reading.params)
        elif reading.value is not None:
            draft.values[at.field] = reading.value
        elif not reading.more and not answered:
            self._nothing(draft, at, field)

    def _nothing(self, draft: Draft, at: At, field: FieldIntake) -> None:
        if field.missing:
            draft.ask(at, field.missing, empties=True)
        elif field.required and at.field not in draft.values and not (field.instead and field.instead in draft.values):
            draft.refuse(at, "required")

    def _ticked(self, draft: Draft, cells: list[Cell], plan: TickPlan) -> None:
        row = draft.row - 1
        at = At(plan.name, plan.label, name_of(row, plan.columns[0][0]))
        draft.cells[plan.name] = at
        ticks = [Tick(place, choice, label, cells[place]) for place, choice, label in plan.columns]
        for tick in ticks:
            if tick.cell.fill:
                draft.fills[tick.place] = tick.cell.fill
        override = self.overrides.get((draft.row, plan.name))
        if override is not None:
            found = plan.field.choice_of(override)
            reading: Reading = (
                Reading(found)
                if found or not override
                else Reading(fault="bad_choice", params={"said": override, "choices": ""})
            )
            self._take(draft, at, reading, plan.field, override, answered=True)
            return
        reading, decisive = read_ticks(plan.field, ticks)
        if decisive:
            at = At(plan.name, decisive.label if reading.fault else plan.label, name_of(row, decisive.place))
            draft.cells[plan.name] = at
        self._take(draft, at, reading, plan.field, decisive.choice if decisive else "")


def _unread(value: object, percent: bool) -> Reading:
    return EMPTY


def _width(found: int, expected: int) -> Wrong:
    return Wrong(At("", "", ""), "column_count", {"found": found, "expected": expected})
