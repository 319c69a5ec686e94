"""How one workbook is laid out: guessed once, corrected by a person, remembered by its header texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.exchange.clerk import headers
from shoushan.exchange.clerk.headers import Found, Heading, Meaning
from shoushan.exchange.clerk.intake import Intake, TableIntake
from shoushan.exchange.clerk.view import View
from shoushan.exchange.foreign import Workbook

LEAST_OVERLAP = 0.4


@dataclass(frozen=True)
class ColumnLayout:
    """One column: its header and the field it fills; for ticks also the choice; ``unit`` is what a person said."""

    header: str
    field: str = ""
    choice: str = ""
    unit: str = ""
    ignored: str = ""
    """Why a column without a field is left aside: serial, personal, unknown."""


@dataclass(frozen=True)
class SheetLayout:
    """One sheet: which table it holds (none: it is left out), its columns, and the unit of its money."""

    name: str
    table: str
    columns: tuple[ColumnLayout, ...] = ()
    top: int = 0
    height: int = 0
    money_unit: str = ""
    missing: tuple[str, ...] = ()
    """Required fields for which no column was found."""

    @property
    def keys(self) -> set[str]:
        return {_key(column.header) for column in self.columns}


@dataclass(frozen=True)
class Layout:
    """The layout of a workbook; a guess until a person has seen it."""

    sheets: tuple[SheetLayout, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same headers, whatever the sheets are called and in whatever order columns stand."""
        told = sorted([one.table, *sorted(one.keys)] for one in self.sheets if one.table)
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        return {
            "sheets": [
                {
                    "name": one.name,
                    "table": one.table,
                    "top": one.top,
                    "height": one.height,
                    "money_unit": one.money_unit,
                    "missing": list(one.missing),
                    "columns": [
                        {"header": column.header, "field": column.field, "choice": column.choice,
                         "unit": column.unit, "ignored": column.ignored}
                        for column in one.columns
                    ],
                }
                for one in self.sheets
            ]
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Layout:
        sheets = []
        for one in told["sheets"]:
            columns = tuple(
                ColumnLayout(
                    **{key: str(column.get(key, "")) for key in ("header", "field", "choice", "unit", "ignored")}
                )
                for column in one.get("columns", ())
            )
            top, height = int(one.get("top", 0)), int(one.get("height", 0))
            missing = tuple(one.get("missing", ()))
            sheets.append(
                SheetLayout(one["name"], one["table"], columns, top, height, one.get("money_unit", ""), missing)
            )
        return cls(tuple(sheets))


@dataclass(frozen=True)
class Placed:
    """A sheet's table where it stands in this workbook."""

    view: View
    table: str
    top: int
    height: int
    columns: tuple[tuple[Heading, ColumnLayout], ...]
    money_unit: str = ""

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.top + self.height


def propose(book: Workbook, intake: Intake) -> Layout:
    """A guess at each visible sheet's table and columns."""
    sheets = []
    for sheet in book.sheets:
        view = View(sheet)
        placed = place(view, intake, None)
        sheets.append(_remembered(placed, intake) if placed else SheetLayout(sheet.name, ""))
    if not any(one.table for one in sheets):
        raise no_table(intake)
    return Layout(tuple(sheets))


def no_table(intake: Intake) -> Refusal:
    required = [field for table in intake.tables.values() for field in table.fields.values() if field.required]
    return Refusal(
        "clerk.no_table",
        mark("No sheet of this workbook has a header that reads like this line's table."),
        hint=mark("Look for the columns %(columns)s: name them in one or two rows above the data."),
        params={"columns": ", ".join(dict.fromkeys(field.words[0] for field in required))},
    )


def place(view: View, intake: Intake, layout: Layout | None) -> Placed | None:
    """Where a sheet's table stands, its columns known from a remembered layout by their headers or guessed."""
    remembered = _candidates(view, layout)
    if layout is not None and any(one.name == view.name and not one.table for one in layout.sheets):
        return None
    known = {
        table: {
            _key(column.header): Meaning(column.field, column.choice)
            for one in remembered
            if one.table == table
            for column in one.columns
        }
        for table in intake.tables
    }
    found = headers.find(view, intake.tables, known)
    if not found:
        return None
    closest = _closest(found, remembered)
    columns = tuple(
        (heading, _column(heading, found, intake.tables[found.table], closest)) for heading in found.headings
    )
    return Placed(view, found.table, found.top, found.height, columns, closest.money_unit if closest else "")


def _candidates(view: View, layout: Layout | None) -> list[SheetLayout]:
    """What is remembered, this sheet's own entry last so that it prevails."""
    sheets = [one for one in layout.sheets if one.table] if layout else []
    return sorted(sheets, key=lambda one: one.name == view.name)


def _closest(found: Found, remembered: Iterable[SheetLayout]) -> SheetLayout | None:
    keys = {heading.key for heading in found.headings}
    best = max(
        (one for one in remembered if one.table == found.table), key=lambda one: len(one.keys & keys), default=None
    )
    return best if best and len(best.keys & keys) >= LEAST_OVERLAP * len(keys) else None


def _column(heading: Heading, found: Found, table: TableIntake, closest: SheetLayout | None) -> ColumnLayout:
    meaning = found.meanings.get(heading.column)
    unit = next((one.unit for one in closest.columns if _key(one.header) == heading.key), "") if closest else ""
    if meaning:
        return ColumnLayout(heading.label, meaning.field, meaning.choice, unit)
    personal = headers.is_personal(heading, table)
    kind = "personal" if personal else "serial" if headers.is_serial(heading) else "unknown"
    return ColumnLayout(heading.label, ignored=kind)


def _remembered(placed: Placed, intake: Intake) -> SheetLayout:
    columns = tuple(column for _, column in placed.columns)
    return SheetLayout(
        placed.view.name, placed.table, columns, placed.top + 1, placed.height,
        missing=tuple(missing(placed, intake.tables[placed.table])),
    )  # fmt: skip


def missing(placed: Placed, table: TableIntake) -> list[str]:
    """Required fields that neither a column nor a group row can give."""
    given = {column.field for _, column in placed.columns}
    return [
        name
        for name, field in table.fields.items()
        if field.required and name not in given and name not in table.groups and field.instead not in given - {""}
    ]


def _key(header: str) -> str:
    return Heading(0, tuple(header.split("/"))).key
