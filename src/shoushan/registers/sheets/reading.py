"""A workbook read for a register: our own by its keys and headers, an office's by the clerk and a remembered layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shoushan.core.errors import Refusal
from shoushan.exchange import clerk
from shoushan.exchange.foreign import Workbook
from shoushan.exchange.sheets import KEY, Column, Reading, read_table
from shoushan.exchange.sheets.columns import plain_header
from shoushan.orgs.models import Unit
from shoushan.registers.lines import Line
from shoushan.registers.models import Layout
from shoushan.registers.queries import local_columns
from shoushan.registers.sheets.columns import columns
from shoushan.registers.sheets.planning import BadCell, RowIn

HIDDEN = {"hidden", "personal"}


@dataclass(slots=True)
class Read:
    """What stands in a workbook: rows to plan, cells that cannot be read, what is asked, what was passed over."""

    rows: list[RowIn] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    questions: list[clerk.Question] = field(default_factory=list)
    ignored: int = 0
    firsts: dict[str, int] = field(default_factory=dict)  # by sheet, how many rows stand above the first record
    hidden: list[str] = field(default_factory=list)  # sheets and columns that the office had hidden
    layout: clerk.Layout | None = None
    is_remembered: bool = True
    is_own: bool = False
    unread: Refusal | None = None  # nothing was read, since a column must be named first


def read(
    line: Line,
    book: Workbook,
    *,
    year: int,
    answers: Mapping[str, Any] | None = None,
    layout: Any = None,
    may_map: bool = False,
) -> Read:
    """Read a workbook: our own needs no layout; an office's is read by a given, a remembered or a proposed one.

    With ``may_map`` a column that cannot be found is no refusal: somebody is asked which one it is.
    """
    units = list(Unit.objects.all())
    own = columns(line, units, local_columns(line))
    if line.intake is None or is_own(book, own):
        return _own(read_table(book, own))
    try:
        return _foreign(line, book, units, year, answers or {}, layout)
    except Refusal as refusal:
        if not may_map or refusal.code != "clerk.column_missing":
            raise
        proposed = layout or layout_for(line, clerk.propose(book, clerk.load(line.intake)))[0]
        return Read(layout=proposed, is_remembered=False, unread=refusal)


def is_own(book: Workbook, own: Sequence[Column]) -> bool:
    """Whether the first row has our headers: those of an export, with or without the keys."""
    names = {name for column in own for name in column.names()} | {KEY}
    needed = [column for column in own if column.required]
    for sheet in book.sheets:
        heads = {plain_header(str(cell.value)) for cell in (sheet.rows[0] if sheet.rows else []) if cell.value}
        if heads and heads <= names | {""} and all(heads & set(column.names()) for column in needed):
            return True
    return any(sheet.rows and sheet.rows[0] and sheet.rows[0][0].value == KEY for sheet in book.sheets)


def _own(reading: Reading) -> Read:
    found = Read(is_own=True)
    for row in reading.rows:
        values = dict(row.values)
        key, unit = values.pop(KEY, None), str(values.pop("unit"))
        found.rows.append(RowIn(reading.sheet, row.number, unit, values, str(key or "")))
    for fault in reading.faults:
        refusal = Refusal(fault.code, fault.message, hint=fault.hint, params=fault.params)
        found.bad.append(BadCell(reading.sheet, fault.row, fault.column, fault.cell, refusal))
    return found


def known_units(units: Sequence[Unit]) -> list[clerk.KnownUnit]:
    """The units as the clerk knows them."""
    return [
        clerk.KnownUnit(
            unit.name, unit.full_name or unit.name, tuple(unit.also_called.split()), unit.kind, until=unit.to_on
        )
        for unit in units
    ]


def _foreign(
    line: Line, book: Workbook, units: Sequence[Unit], year: int, answers: Mapping[str, Any], given: Any
) -> Read:
    assert line.intake is not None  # noqa: S101 - asked by the caller
    intake = clerk.load(line.intake)
    proposed = clerk.propose(book, intake)
    layout, is_remembered = (given, True) if given else layout_for(line, proposed)
    result = clerk.read(book, intake, layout, units=known_units(units), year=year, answers=dict(answers))
    found = Read(questions=list(result.questions), ignored=len(result.ignored), layout=layout)
    found.is_remembered = is_remembered
    found.firsts = {each.name: each.top + each.height - 1 for each in proposed.sheets if each.table}
    found.hidden = [each.sheet for each in result.ignored_sheets]
    found.hidden += [f"{each.sheet} {each.column}" for each in result.ignored_columns if each.kind in HIDDEN]
    codes = {unit.name: unit.code for unit in units}
    for record in result.records:
        if not line.table or record.table == line.table:
            found.rows.append(_row(line, record, codes))
    for fault in result.refused:
        refusal = Refusal(fault.code, fault.message, hint=fault.hint, params=fault.params)
        found.bad.append(BadCell(fault.sheet, fault.row, fault.column, fault.cell, refusal))
    return found


def _row(line: Line, record: clerk.RecordRead, codes: Mapping[str, str]) -> RowIn:
    """A record as the clerk read it, in the line's own fields; what waits for an answer is left out."""
    fields: dict[str, Any] = {}
    for name, value in record.fields.items():
        if name not in record.pending and value is not None:
            fields[_into(line, name)] = value
            fields.update(line.implied.get(name, {}))
    named = str(fields.pop("unit", "") or "")
    if "=" in named and "split" in line.fields:
        fields["split"] = named
    unit = codes.get(named.partition(";")[0].partition("=")[0], "")
    cells = {_into(line, name): cell for name, cell in record.cells.items()}
    return RowIn(record.sheet, record.row, unit, {k: v for k, v in fields.items() if k in line.fields}, "", cells)


def layout_for(line: Line, proposed: clerk.Layout) -> tuple[clerk.Layout, bool]:
    """How a workbook is understood: as it was remembered for these headers, or as proposed; and which of the two."""
    kept = Layout.objects.filter(line=line.key, fingerprint=proposed.fingerprint).first()
    return (proposed, False) if kept is None else (clerk.Layout.from_json(kept.body), True)


def _into(line: Line, name: str) -> str:
    """The line's field for a workbook's: as declared, else the same name, else with its unit of measure."""
    if name in line.into:
        return line.into[name]
    return next((each for each in (name, f"{name}_yuan", f"{name}_share") if each in line.fields), name)
