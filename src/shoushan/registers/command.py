"""`shoushan import LINE FILE` and `shoushan export LINE FILE`: a register's workbooks from the command line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.utils import translation

from shoushan.core.errors import Refusal
from shoushan.exchange import clerk, foreign
from shoushan.ledger.moment import acting
from shoushan.orgs.models import Person
from shoushan.registers import sheets
from shoushan.registers.lines import Line, all_lines
from shoushan.registers.queries import chosen
from shoushan.registers.sheets.planning import BadCell
from shoushan.web import asked, clock, refusals


def import_main(argv: list[str]) -> int:
    """What a workbook would do to a register, row by row; with --commit its good rows are entered.

    0 when every row was good, 1 when some were refused or a question waits, 2 when the file cannot be read.
    """
    words = argparse.ArgumentParser(prog="shoushan import", description=import_main.__doc__)
    words.add_argument("line", help="the register: investment, projects, …")
    words.add_argument("file", type=Path)
    words.add_argument("--commit", action="store_true", help="enter the good rows")
    words.add_argument("--json", action="store_true", help="what was found, as JSON")
    words.add_argument("--as", dest="login", help="sign-in name of the line's officer who enters")
    words.add_argument("--units", type=Path, help="JSON of the units to know; then nothing is asked of a database")
    words.add_argument("--layout", type=Path, help="JSON of a layout, as --json shows it")
    words.add_argument("--answers", type=Path, help="JSON of answers to questions, by their id")
    words.add_argument("--year", type=int, help="the year of days written without one")
    words.add_argument("--language", default="zh-hans", choices=["zh-hans", "zh-hant", "en"])
    given = words.parse_args(argv)
    with translation.override(given.language):
        try:
            return _import(given)
        except Refusal as refusal:
            sys.stderr.write(f"{refusals.say(refusal).whole}\n")
            return 2


def _import(given: argparse.Namespace) -> int:
    line = _line(given.line)
    book = foreign.read_sheet(given.file.read_bytes(), given.file.name)
    answers = json.loads(given.answers.read_text("utf-8")) if given.answers else {}
    layout = clerk.Layout.from_json(json.loads(given.layout.read_text("utf-8"))) if given.layout else None
    year = given.year or clock.today().year
    if given.units and line.intake is not None:
        return _read_only(given, line, book, layout, answers, year)
    person = _person(line, given.login)
    found = sheets.read(line, book, year=year, answers=answers, layout=layout)
    made = sheets.plan(line, found.rows, on=clock.today(), by=person)
    bad = [*found.bad, *made.bad]
    if given.commit:
        with acting(clock.now()):
            bad += sheets.enter(line, made.good, on=clock.today(), by=person).bad
    told: dict[str, Any] = {
        "committed": given.commit, **{what: made.count(what) for what in ("create", "change", "same")},
        "refused": [_bad(each) for each in bad],
        "questions": [
            {"id": each.id, "code": each.code, "sheet": each.sheet, "rows": each.rows} for each in found.questions
        ],
    }  # fmt: skip
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(told)
    return 1 if bad or found.questions else 0


def _read_only(
    given: argparse.Namespace, line: Line, book: foreign.Workbook, layout: Any, answers: dict[str, Any], year: int
) -> int:
    """What the clerk reads, without a database: the shape the page, the API and the comparison share."""
    assert line.intake is not None  # noqa: S101 - asked by the caller
    units = [
        clerk.KnownUnit(
            each["name"], each.get("full", each["name"]), tuple(each.get("short", ())), each.get("kind", ""),
            until=asked.day(each.get("until")), successors=tuple(each.get("successors", ())),
        )
        for each in json.loads(given.units.read_text("utf-8"))["units"]
    ]  # fmt: skip
    intake = clerk.load(line.intake)
    found = clerk.read(book, intake, layout or clerk.propose(book, intake), units=units, year=year, answers=answers)
    print(json.dumps(clerk.as_json(found, workbook=given.file.name, line=line.key), ensure_ascii=False, indent=1))
    return 1 if found.refused or found.questions else 0


def _tell(told: dict[str, Any]) -> None:
    print(f"new {told['create']}, changed {told['change']}, as they were {told['same']}")
    for bad in told["refused"]:
        print(f"{bad['sheet']} {bad['row']} {bad['cell']} {bad['column']}: {bad['reason']}")
    for question in told["questions"]:
        print(f"? {question['sheet']} {question['rows']}: {question['code']} ({question['id']})")


def _bad(each: BadCell) -> dict[str, Any]:
    said = refusals.say(each.refusal)
    return {
        "sheet": each.sheet, "row": each.row, "column": each.column, "cell": each.cell, "code": said.code,
        "reason": said.whole,
    }  # fmt: skip


def export_main(argv: list[str]) -> int:
    """Write a register's workbook: every record the person may see, keyed, to be changed and brought back."""
    words = argparse.ArgumentParser(prog="shoushan export", description=export_main.__doc__)
    words.add_argument("line")
    words.add_argument("file", type=Path)
    words.add_argument("--as", dest="login", help="sign-in name of whoever exports")
    words.add_argument("--language", default="zh-hans", choices=["zh-hans", "zh-hant", "en"])
    given = words.parse_args(argv)
    with translation.override(given.language):
        try:
            line = _line(given.line)
            sheets.export(line, chosen(line, _person(line, given.login), {}), given.file)
        except Refusal as refusal:
            sys.stderr.write(f"{refusals.say(refusal).whole}\n")
            return 2
    return 0


def _line(key: str) -> Line:
    for line in all_lines():
        if line.key == key:
            return line
    known = ", ".join(line.key for line in all_lines())
    raise Refusal("line.absent", f"There is no register {key}.", hint=f"There are: {known}.")


def _person(line: Line, login: str | None) -> Person:
    """Whoever acts; an officer of the line who was not named is looked for, where there is just one."""
    people = Person.objects.filter(is_active=True)
    if login:
        found = people.filter(login=login).first()
    else:
        officers = {person.pk: person for person in people.filter(posts__line=line.home, posts__role="officer")}
        found = next(iter(officers.values())) if len(officers) == 1 else None
    if found is None:
        raise Refusal(
            "line.person",
            "It must be known who acts.",
            hint="Name an officer of the line: --as SIGN-IN-NAME.",
        )
    return found
