"""What a careful clerk hands back: records, refused cells, questions, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from shoushan.core.decimals import plain


@dataclass(frozen=True)
class RecordRead:
    """One row as it may be entered; ``pending`` fields wait for an answer."""

    sheet: str
    row: int
    table: str
    fields: dict[str, Any]
    cells: dict[str, str] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    unread: dict[str, str | None] = field(default_factory=dict)
    """Refused cells of the row, as they are written; None where nothing is stored."""


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be taken, why, and what would make it possible."""

    sheet: str
    row: int
    column: str
    cell: str
    code: str
    message: str
    hint: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return said(self.message, self.params)


@dataclass(frozen=True)
class Choice:
    """One possible answer: what to read in these rows instead."""

    label: str
    cells: dict[int, str]


@dataclass(frozen=True)
class Question:
    """What only a person can say. Rows in ``hold`` stay out until it is answered."""

    id: str
    code: str
    sheet: str
    column: str
    rows: list[int]
    cells: list[str]
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    hold: list[int] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    plan: str = ""
    """The field that an answer is read into."""

    def __str__(self) -> str:
        return said(self.message, self.params)


@dataclass(frozen=True)
class Ignored:
    sheet: str
    row: int
    kind: str


@dataclass(frozen=True)
class IgnoredSheet:
    sheet: str
    kind: str


@dataclass(frozen=True)
class IgnoredColumn:
    sheet: str
    column: str
    kind: str


@dataclass
class Result:
    """All that was read from one workbook."""

    records: list[RecordRead] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    ignored_sheets: list[IgnoredSheet] = field(default_factory=list)
    ignored_columns: list[IgnoredColumn] = field(default_factory=list)
    rows: list[RecordRead] = field(default_factory=list)
    """Every row of data, refused and held ones too, with what could be read of it."""


def said(message: str, params: Mapping[str, Any]) -> str:
    return message % params if params else message.replace("%%", "%")


def as_json(result: Result, *, workbook: str, line: str) -> dict[str, Any]:
    """The result as plain values, its sentences in English."""
    return {
        "workbook": workbook,
        "line": line,
        "records": [
            {"sheet": one.sheet, "row": one.row, "fields": {key: plain_value(v) for key, v in one.fields.items()}}
            for one in result.records
        ],
        "refused": [
            {"sheet": one.sheet, "row": one.row, "column": one.column, "cell": one.cell, "code": one.code,
             "reason": str(one)}
            for one in result.refused
        ],
        "questions": [question_json(one) for one in result.questions],
        "ignored": [{"sheet": one.sheet, "row": one.row, "kind": one.kind} for one in result.ignored],
        "ignored_sheets": [{"sheet": one.sheet, "kind": one.kind} for one in result.ignored_sheets],
        "ignored_columns": [
            {"sheet": one.sheet, "column": one.column, "kind": one.kind} for one in result.ignored_columns
        ],
    }  # fmt: skip


def question_json(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "code": question.code,
        "sheet": question.sheet,
        "column": question.column,
        "rows": question.rows,
        "text": str(question),
        "hold": question.hold,
    }


def plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
