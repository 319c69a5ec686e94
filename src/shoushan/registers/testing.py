"""Makers for tests of registers: a district, its people at a line, and a record that is ready for each stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import make_district_unit, make_person, make_unit
from shoushan.registers import actions
from shoushan.registers.lines import Line


@dataclass(frozen=True, slots=True)
class Office:
    """河西街道 has the records, an officer of the line works, a verifier confirms, 湖滨街道 must see nothing."""

    hexi: Unit
    hubin: Unit
    officer: Person
    verifier: Person
    stranger: Person


def make_office(line: Line) -> Office:
    district = make_district_unit()
    hexi, hubin = (make_unit(code, district) for code in ("hexi", "hubin"))
    officer, verifier = (make_person(district, role, line=line.key) for role in ("officer", "verifier"))
    return Office(hexi, hubin, officer, verifier, make_person(hubin, "reporter"))


def fields_of(line: Line, **given: Any) -> dict[str, Any]:
    """Values for every required field of a line: text, or a field's first choice."""
    made: dict[str, Any] = {}
    for name in line.required:
        choices = line.model._meta.get_field(name).choices  # type: ignore[union-attr]
        made[name] = list(choices)[0][0] if choices else f"{name} 1"
    return {**made, **given}


def make_record(line: Line, office: Office, *, on: date = date(2026, 2, 1), **given: Any) -> Any:
    return actions.enter(line, office.hexi, fields_of(line, **given), on=on, by=office.officer)


def advance(line: Line, record: Any, office: Office, *, on: date, **given: Any) -> Any:
    """Move a record one stage on, with its fields and a file."""
    to = line.flow.following(record.stage)[0]
    record = actions.edit(record, given, by=office.officer)
    evidence.add(record, f"{to} {record.pk}".encode(), "receipt.txt", proves=to, by=office.officer)
    return actions.advance(record, to, on=on, today=date(2026, 12, 3), by=office.officer)
