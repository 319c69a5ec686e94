"""A workbook on its way into a register: kept for a day, looked at as often as needed, entered once.

Beside the job's own file, ``KEY.book`` holds the bytes as they came and ``KEY.json`` what was found in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shoushan.core.errors import Refusal
from shoushan.core.files import keep_whole
from shoushan.exchange import clerk, foreign
from shoushan.exchange.parsers.excel import letters
from shoushan.exchange.sheets import Returned, write_returned
from shoushan.orgs.models import Person
from shoushan.registers import sheets
from shoushan.registers.lines import Line
from shoushan.registers.queries import label_of
from shoushan.registers.sheets.planning import CHANGE, CREATE, SAME, BadCell, Planned, RowIn
from shoushan.web import jobs, refusals
from shoushan.web.models import Job

CELL = re.compile(r"([A-Z]{1,3})\d+$")
SMALL_BYTES = 150_000
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of a workbook that is being brought in."""

    job: Job
    state: dict[str, Any]

    @property
    def is_done(self) -> bool:
        return bool(self.state.get("done"))


def begin(line: Line, data: bytes, name: str, *, on: date, by: Person) -> Job:
    """Take a workbook and look at it."""
    label = _("Import %(line)s") % {"line": line.label}

    def work(job: Job) -> None:
        keep_whole(_book(job), data)
        _look(line, job, {"name": name, "answers": {}, "layout": None}, on=on, by=by)

    return jobs.start(by, label, work, back=f"/{line.key}/import/", at_once=len(data) <= SMALL_BYTES)


def look_again(line: Line, session: Session, *, answers: Mapping[str, Any], layout: Any, on: date, by: Person) -> Job:
    """Read the same workbook with answers to what was asked, or with another layout."""
    held = {**session.state, "answers": _merged(session.state["answers"], answers)}
    if layout is not None:
        held["layout"] = layout
    small = _book(session.job).stat().st_size <= SMALL_BYTES
    return jobs.go_on(session.job, lambda job: _look(line, job, held, on=on, by=by), at_once=small)


def _merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers of several rounds: a question may return for a further row, and what was said of others still holds."""
    merged = dict(before)
    for key, answer in given.items():
        known = merged.get(key)
        if isinstance(answer, dict) and isinstance(known, dict):
            answer = {"cells": {**known["cells"], **answer["cells"]}}
        merged[key] = answer
    return merged


def enter(line: Line, session: Session, *, on: date, by: Person) -> Job:
    """Enter the good rows."""
    good = [_planned(line, told) for told in session.state["good"]]

    def work(job: Job) -> None:
        done = sheets.enter(line, good, on=on, by=by, tell=lambda number: jobs.tell(job, number, len(good)))
        told = {"created": done.created, "changed": done.changed, "same": done.same}
        held = {**session.state, "done": told}
        if done.bad:  # refused only now: somebody entered the same meanwhile
            held["bad"] = session.state["bad"] + [_bad_told(each) for each in done.bad]
            book = foreign.read_sheet(_book(job).read_bytes(), held["name"])
            held["bad_rows"] += _raw(book, {(each.sheet, each.row) for each in done.bad})
        _keep(job, held)
        job.url = f"/{line.key}/import/{job.key}/"

    return jobs.go_on(session.job, work, at_once=len(good) <= 200)


def session_of(job: Job) -> Session:
    """What was found so far; absent (KeyError) where the day is over."""
    path = jobs.folder() / f"{job.key}.json"
    if not path.exists():
        raise KeyError(job.key)
    return Session(job, json.loads(path.read_text(encoding="utf-8")))


def _look(line: Line, job: Job, held: dict[str, Any], *, on: date, by: Person) -> None:
    book = foreign.read_sheet(_book(job).read_bytes(), held["name"])
    layout = clerk.Layout.from_json(held["layout"]) if held["layout"] else None
    found = sheets.read(line, book, year=on.year, answers=held["answers"], layout=layout, may_map=True)
    made = sheets.plan(line, found.rows, on=on, by=by)
    bad = [*found.bad, *made.bad]
    state = {
        "name": held["name"],
        "answers": held["answers"],
        "layout": found.layout.as_json() if found.layout else None,
        "is_remembered": found.is_remembered,
        "is_own": found.is_own,
        "ignored": found.ignored,
        "hidden": found.hidden,
        "unread": refusals.say(found.unread).whole if found.unread else "",
        "questions": [_asked(each) for each in found.questions],
        "counts": {what: made.count(what) for what in (CREATE, CHANGE, SAME)},
        "good": [_told(line, each) for each in made.good],
        "bad": [_bad_told(each) for each in bad],
        "bad_rows": _raw(book, {(each.sheet, each.row) for each in bad}),
        "held_rows": _raw(book, {(each.sheet, row) for each in found.questions for row in each.hold}),
        "heads": {
            sheet.name: [[_plain(cell.value) for cell in row] for row in sheet.rows[: found.firsts.get(sheet.name, 1)]]
            for sheet in book.sheets
        },
    }
    _keep(job, state)
    job.url = f"/{line.key}/import/{job.key}/"


def _book(job: Job) -> Any:
    return jobs.folder() / f"{job.key}.book"


def _keep(job: Job, state: dict[str, Any]) -> None:
    keep_whole(jobs.folder() / f"{job.key}.json", json.dumps(state, ensure_ascii=False).encode())


def _asked(question: clerk.Question) -> dict[str, Any]:
    said = refusals.say(Refusal(question.code, question.message, params=question.params))
    told = {name: value for name, value in asdict(question).items() if name in ("id", "code", "sheet", "column")}
    cells = {str(row): cell for row, cell in zip(question.rows, question.cells, strict=False)}
    return {
        **told,
        "rows": list(question.rows),
        "cells": cells,
        "text": said.message,
        "hold": list(question.hold),
        "choices": [{"label": _(choice.label), "cells": choice.cells} for choice in question.choices],
    }


def _told(line: Line, each: Planned) -> dict[str, Any]:
    values = {name: _plain(value) for name, value in each.values.items()}
    return {
        "sheet": each.row.sheet, "row": each.row.number, "unit": each.row.unit, "what": each.what, "pk": each.pk,
        "version": each.version, "changes": each.changes, "values": values, "key": each.row.key,
    }  # fmt: skip


def _planned(line: Line, told: Mapping[str, Any]) -> Planned:
    """A planned row as it was kept; its values become what their fields take."""
    values = {name: _field_value(line, name, value) for name, value in told["values"].items()}
    row = RowIn(told["sheet"], told["row"], told["unit"], {}, told["key"])
    return Planned(row, told["what"], values, told["pk"], told["version"], told["changes"])


def _field_value(line: Line, name: str, value: Any) -> Any:
    field = line.model._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return None if value is None else field.related_model._default_manager.get(pk=value)
    return field.to_python(value) if isinstance(field, models.Field) else value


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | date():
            return str(value)
        case models.Model():
            return value.pk
        case _:
            return value


def _bad_told(bad: BadCell) -> dict[str, Any]:
    return {
        "sheet": bad.sheet, "row": bad.row, "column": bad.column, "cell": bad.cell, "code": bad.refusal.code,
        "said": refusals.say(bad.refusal).whole,
    }  # fmt: skip


def _raw(book: foreign.Workbook, rows: set[tuple[str, int]]) -> list[dict[str, Any]]:
    """The bad rows as they came, each with the cells of its sheet."""
    sheets_by_name = {sheet.name: sheet for sheet in book.sheets}
    found = []
    for sheet, row in sorted(rows):
        cells = sheets_by_name[sheet].rows[row - 1] if sheet in sheets_by_name else []
        found.append({"sheet": sheet, "row": row, "cells": [_plain(cell.value) for cell in cells]})
    return found


def described(line: Line, state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The first rows that would change something, in words."""
    wanted = [each for each in state["good"] if each["what"] != SAME][:SHOWN]
    return [
        {
            **each,
            "name": each["values"].get("name", ""),
            "fields": ", ".join(label_of(line, name) for name in each["changes"] if name != "local"),
        }
        for each in wanted
    ]


def answers_from(posted: Mapping[str, str], session: Session) -> dict[str, Any]:
    """What was answered on the page: other words for a cell, or that held rows go in as they stand."""
    answers: dict[str, Any] = {}
    for question in session.state["questions"]:
        chosen = posted.get(f"q-{question['id']}", "")
        if chosen in ("accept", "leave"):
            answers[question["id"]] = chosen
            continue
        for number, choice in enumerate(question["choices"]):
            if chosen == f"choice-{number}":
                answers[question["id"]] = {"cells": {str(row): text for row, text in choice["cells"].items()}}
        cells = {row: posted.get(f"q-{question['id']}-{row}", "").strip() for row in map(str, question["rows"])}
        written = {row: text for row, text in cells.items() if text}
        if written:
            answers[question["id"]] = {"cells": {**answers.get(question["id"], {}).get("cells", {}), **written}}
    return answers


def layout_from(posted: Mapping[str, str], session: Session) -> dict[str, Any] | None:
    """The layout as corrected on the page; none where nothing was."""
    layout = session.state["layout"]
    changed = {name.removeprefix("m-"): value for name, value in posted.items() if name.startswith("m-")}
    if not layout or not changed:
        return None
    return {
        **layout,
        "sheets": [
            {**sheet, "columns": [{**column, "field": changed.get(f"{place}-{number}", column["field"])}
                                  for number, column in enumerate(sheet["columns"])]}
            for place, sheet in enumerate(layout["sheets"])
        ],
    }  # fmt: skip


def mapping(line: Line, state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each sheet's headers with the field they are taken for, as the page shows them."""
    layout = state["layout"] or {"sheets": []}
    return [
        {
            "name": sheet["name"],
            "columns": [
                {"key": f"m-{place}-{number}", "header": column["header"], "field": column["field"] or ""}
                for number, column in enumerate(sheet["columns"])
            ],
        }
        for place, sheet in enumerate(layout["sheets"])
    ]


def field_choices(line: Line, state: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields a header may be taken for."""
    if line.intake is None or not state["layout"]:
        return []
    tables = clerk.load(line.intake).tables
    named = dict.fromkeys(name for table in tables.values() for name in table.fields)
    return [(name, field_label(line, name)) for name in named]


def field_label(line: Line, name: str) -> str:
    """A workbook's field in the reader's words: as the register calls it, where it takes it over."""
    own = line.into.get(name, name)
    known = {each.name for each in line.model._meta.concrete_fields}
    found = next((each for each in (own, f"{own}_yuan", f"{own}_share") if each in known), None)
    return label_of(line, found) if found else name


def returned(line: Line, state: Mapping[str, Any]) -> bytes:
    """The rows that did not go in, as they came and under their own headers, with the reasons beside them."""
    reasons: dict[tuple[str, int], list[str]] = {}
    marked: dict[tuple[str, int], set[str]] = {}
    for bad in state["bad"]:
        place = bad["sheet"], bad["row"]
        reasons.setdefault(place, []).append(f"{bad['column']} {bad['said']}".strip())
        if found := CELL.match(bad["cell"]):
            marked.setdefault(place, set()).add(found[1])
    for question in state["questions"]:
        for row in question["hold"]:
            reasons.setdefault((question["sheet"], row), []).append(f"{question['column']} {question['text']}".strip())
    found_rows = {(raw["sheet"], raw["row"]): raw["cells"] for raw in [*state["bad_rows"], *state["held_rows"]]}
    by_sheet: dict[str, list[Returned]] = {}
    for place, cells in sorted(found_rows.items()):
        said = "\n".join(dict.fromkeys(reasons.get(place, [])))
        bad_cells = {number for number in range(len(cells)) if letters(number + 1) in marked.get(place, ())}
        by_sheet.setdefault(place[0], []).append(Returned(cells, said, bad_cells))
    told = [(name, state["heads"].get(name, []), rows) for name, rows in by_sheet.items()]
    return write_returned(told, title=str(line.label))
