"""Reads a whole workbook by its layout: records, refusals, questions, and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.exchange.clerk import days, layout, money
from shoushan.exchange.clerk.checks import check_rows
from shoushan.exchange.clerk.drafts import Ask, Draft
from shoushan.exchange.clerk.intake import Intake
from shoushan.exchange.clerk.layout import Layout, Placed
from shoushan.exchange.clerk.readers import Setting
from shoushan.exchange.clerk.result import (
    Choice,
    Fault,
    Ignored,
    IgnoredColumn,
    IgnoredSheet,
    Question,
    RecordRead,
    Result,
)
from shoushan.exchange.clerk.settling import settle
from shoushan.exchange.clerk.table import Overrides, TableRead, TableReader
from shoushan.exchange.clerk.units import Directory, KnownUnit
from shoushan.exchange.clerk.view import View
from shoushan.exchange.clerk.wording import FAULT_CODES, FAULTS, QUESTIONS
from shoushan.exchange.clerk.words import words
from shoushan.exchange.foreign import Workbook

ACCEPT, LEAVE = "accept", "leave"
MOST_ROUNDS = 5
Answers = Mapping[str, Any]


def read(
    book: Workbook,
    intake: Intake,
    given: Layout,
    *,
    units: Sequence[KnownUnit],
    year: int,
    answers: Answers | None = None,
    on: date | None = None,
) -> Result:
    """Read every sheet that has a table; answered questions are read as if their text stood in the cell."""
    answers = answers or {}
    placed = [(sheet.name, layout.place(View(sheet), intake, given)) for sheet in book.sheets]
    if not any(place for _, place in placed):
        raise layout.no_table(intake)
    overrides: dict[str, dict[tuple[int, str], str]] = {name: {} for name, _ in placed}
    for _ in range(MOST_ROUNDS):
        result = Result()
        for name, place in placed:
            if place is None:
                result.ignored_sheets.append(IgnoredSheet(name, "no_table"))
                continue
            _refuse_missing(place, intake)
            sheet = _SheetRead(place, intake, _setting(place, units, year, on, book), overrides[name], answers)
            sheet.into(result)
        if not _override(result, answers, overrides):
            break
    _settle_answers(result, answers)
    _left_aside(book, placed, result)
    return result


def _setting(place: Placed, units: Sequence[KnownUnit], year: int, on: date | None, book: Workbook) -> Setting:
    titles = [_line(place.view, row) for row in range(place.top)]
    notes = [_line(place.view, row) for row in range(max(place.first, len(place.view.rows) - 12), len(place.view.rows))]
    period = days.period_of([*titles, place.view.name], year)
    told = money.unit_of(place.money_unit) if place.money_unit else None
    unit = told or next((found for line in [*titles, *notes] for found in [money.title_unit(line)] if found), None)
    directory = Directory(units, on or period.end or date(period.year, 12, 31))
    return Setting(period, directory, book.date1904, unit)


def _line(view: View, row: int) -> str:
    """The words of a row that is no row of figures."""
    texts = [cell.value for cell in view.own(row).values()]
    return " ".join(text for text in texts if isinstance(text, str)) if len(texts) <= 4 else ""


def _refuse_missing(place: Placed, intake: Intake) -> None:
    table = intake.tables[place.table]
    missing = layout.missing(place, table)
    if missing:
        raise Refusal(
            "clerk.column_missing",
            mark("Sheet “%(sheet)s” has no column for: %(columns)s."),
            hint=mark("Say which column it is; what is remembered will find it next month."),
            params={
                "sheet": place.view.name,
                "columns": ", ".join((*table.fields[name].words, name)[0] for name in missing),
            },
        )


def _override(result: Result, answers: Answers, overrides: dict[str, dict[tuple[int, str], str]]) -> bool:
    """Note what answered questions want read instead; whether anything new was noted."""
    fresh = False
    for question in result.questions:
        answer = answers.get(question.id)
        if isinstance(answer, Mapping):
            for row, text in answer.get("cells", {}).items():
                key = (int(row), question.plan)
                if int(row) in question.rows and key not in overrides[question.sheet]:
                    overrides[question.sheet][key] = str(text)
                    fresh = True
    return fresh


def _settle_answers(result: Result, answers: Answers) -> None:
    """Questions that were answered in a word are gone; rows left out are told."""
    waiting = []
    for question in result.questions:
        answer = answers.get(question.id)
        if answer == LEAVE:
            result.ignored += [Ignored(question.sheet, row, "left_out") for row in question.hold]
        if answer not in (ACCEPT, LEAVE):
            waiting.append(question)
    result.questions[:] = waiting


def _left_aside(book: Workbook, placed: list[tuple[str, Placed | None]], result: Result) -> None:
    for name, state in book.hidden:
        result.ignored_sheets.append(IgnoredSheet(name, "very_hidden" if state == "veryHidden" else "hidden"))
    for (_, place), sheet in zip(placed, book.sheets, strict=True):
        if place is None:
            continue
        for column in sorted(sheet.hidden_columns):
            texts = [place.view.text(row, column) for row in range(place.top, place.first)]
            label = "/".join(dict.fromkeys("".join(text.split()) for text in texts if text))
            if label:
                personal = any(word in label for word in words().personal)
                result.ignored_columns.append(IgnoredColumn(sheet.name, label, "personal" if personal else "hidden"))
        for heading, told in place.columns:
            if not told.field:
                result.ignored_columns.append(IgnoredColumn(sheet.name, heading.label, told.ignored or "left_out"))


class _SheetRead:
    """One sheet's table, from drafts to records and questions."""

    def __init__(self, place: Placed, intake: Intake, setting: Setting, overrides: Overrides, answers: Answers) -> None:
        self.place = place
        self.sheet = place.view.name
        self.table = intake.tables[place.table]
        self.answers = answers
        self.read: TableRead = TableReader(place, self.table, setting, overrides).read()
        settle(self.read, overrides)
        given = {column.field for _, column in place.columns} - {""}
        check_rows(self.read.drafts, self.table, given)

    def into(self, result: Result) -> None:
        result.ignored += [Ignored(self.sheet, row + 1, kind) for row, kind in self.read.ignored if kind != "data"]
        questions = self._questions()
        held = {row for question in questions for row in question.hold if self.answers.get(question.id) != ACCEPT}
        dropped = {
            (row, question.plan)
            for question in questions
            if self.answers.get(question.id) in (ACCEPT, LEAVE) and not question.hold
            for row in question.rows
        }
        result.questions += questions
        for draft in self.read.drafts:
            record = self._record(draft, dropped)
            result.rows.append(record)
            if draft.wrong:
                result.refused += [self._fault(draft, number) for number in range(len(draft.wrong))]
            elif draft.row not in held:
                result.records.append(record)

    def _record(self, draft: Draft, dropped: set[tuple[int, str]]) -> RecordRead:
        pending = {name for name in draft.pending if (draft.row, name) not in dropped}
        fields = {name: draft.values[name] for name in self.table.fields if name in draft.values}
        fields.update(dict.fromkeys(sorted(pending)))
        cells = {name: at.cell for name, at in draft.cells.items() if name in fields and at.cell}
        return RecordRead(self.sheet, draft.row, self.place.table, fields, cells, frozenset(pending), draft.unread)

    def _fault(self, draft: Draft, number: int) -> Fault:
        wrong = draft.wrong[number]
        sentence = FAULTS[wrong.sentence]
        code = FAULT_CODES.get(wrong.sentence, wrong.sentence)
        return Fault(
            self.sheet, draft.row, wrong.at.label, wrong.at.cell, code, sentence.message, sentence.hint,
            dict(wrong.params),
        )  # fmt: skip

    def _questions(self) -> list[Question]:
        """Asks of one column or one text become one question; the rest are asked row by row.

        What else is open in a held row is asked once it may go in.
        """
        asks = [(draft, ask) for draft in self.read.drafts if not draft.wrong for ask in draft.asks]
        holding = [self._question(key, asked) for key, asked in _grouped([one for one in asks if one[1].hold])]
        held = {row for one in holding if self.answers.get(one.id) != ACCEPT for row in one.hold}
        open_asks = [(draft, ask) for draft, ask in asks if not ask.hold and draft.row not in held]
        return [*(self._question(key, asked) for key, asked in _grouped(open_asks)), *holding]

    def _question(self, key: tuple[str, str, str], asked: list[tuple[Draft, Ask]]) -> Question:
        first = asked[0][1]
        rows = sorted({row for draft, ask in asked for row in (*ask.others, draft.row)})
        choices = [
            Choice(label, {draft.row: ask.options[place][1] for draft, ask in asked if place < len(ask.options)})
            for place, (label, _) in enumerate(first.options)
        ]
        return Question(
            id="|".join((self.sheet, *key)), code=first.code, sheet=self.sheet, column=first.at.label, rows=rows,
            cells=[ask.at.cell for _, ask in asked], message=QUESTIONS[first.code].message,
            params={"column": first.at.label, **first.params}, hold=[draft.row for draft, ask in asked if ask.hold],
            choices=choices, plan=first.plan or first.at.field,
        )  # fmt: skip


def _grouped(asks: list[tuple[Draft, Ask]]) -> list[tuple[tuple[str, str, str], list[tuple[Draft, Ask]]]]:
    groups: dict[tuple[str, str, str], list[tuple[Draft, Ask]]] = {}
    for draft, ask in asks:
        groups.setdefault((ask.at.field, ask.code, ask.group), []).append((draft, ask))
    return list(groups.items())
