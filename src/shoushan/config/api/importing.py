"""A workbook through the API: what it would do, what it asks, and, when told so, its good rows entered."""

from __future__ import annotations

import json
from typing import Any

from ninja import File, Form, Router
from ninja.files import UploadedFile

from shoushan.config.api.access import line_of
from shoushan.config.api.shapes import BadCellOut, ChoiceOut, ImportIn, ImportOut, QuestionOut
from shoushan.config.api.tokens import Caller
from shoushan.core.errors import Refusal, mark
from shoushan.exchange import clerk, foreign
from shoushan.registers import sheets
from shoushan.web import clock, refusals

router = Router()


@router.post("/lines/{line}/import", response=ImportOut)
def enter_sheet(
    request: Caller, line: str, given: Form[ImportIn], file: File[UploadedFile], commit: bool = False
) -> ImportOut:
    """What a workbook would do, row by row; with ``commit`` its good rows are entered, those with faults never.

    ``answers`` says by a question's id what its cells should read, or ``accept`` or ``leave``; ``layout`` is the
    answer's own, corrected: which column is which field. Both are JSON.
    """
    known = line_of(request, line, "registers.work")
    today = clock.today()
    book = foreign.read_sheet(file.read(), file.name or "file")
    layout = clerk.Layout.from_json(_read("layout", given.layout)) if given.layout else None
    answers = _read("answers", given.answers) if given.answers else {}
    found = sheets.read(known, book, year=today.year, answers=answers, layout=layout, may_map=True)
    made = sheets.plan(known, found.rows, on=today, by=request.auth)
    bad = [*found.bad, *made.bad]
    if commit:
        bad += sheets.enter(known, made.good, on=today, by=request.auth).bad
    return ImportOut(
        committed=commit,
        created=made.count("create"),
        changed=made.count("change"),
        same=made.count("same"),
        hidden=found.hidden,
        unread=refusals.say(found.unread).whole if found.unread else "",
        layout=found.layout.as_json() if found.layout else None,
        refused=[
            BadCellOut(sheet=each.sheet, row=each.row, column=each.column, cell=each.cell, **_fault(each.refusal))
            for each in bad
        ],
        questions=[_question(each) for each in found.questions],
    )


def _read(field: str, text: str) -> dict[str, Any]:
    """JSON in a form's field; anything that is no object is refused."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise Refusal(
            "api.input",
            mark("“%(field)s” cannot be read: %(fault)s."),
            hint=mark("The shape of every call stands in /api/v1/openapi.json."),
            params={"field": field, "fault": "JSON"},
            field=field,
        )
    return told


def _fault(refusal: Refusal) -> dict[str, str]:
    said = refusals.say(refusal)
    return {"code": said.code, "reason": said.whole}


def _question(asked: clerk.Question) -> QuestionOut:
    said = refusals.say(Refusal(asked.code, asked.message, params=asked.params))
    choices = [
        ChoiceOut(label=choice.label, cells={str(row): text for row, text in choice.cells.items()})
        for choice in asked.choices
    ]
    return QuestionOut(
        id=asked.id, code=asked.code, sheet=asked.sheet, rows=list(asked.rows), held=list(asked.hold),
        text=said.message, choices=choices,
    )  # fmt: skip
