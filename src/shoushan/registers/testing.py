"""Makers for tests of registers: a district, its people at a line, and a record that is ready for each stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

from django.db import models

from shoushan.evidence import actions as evidence
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import make_district_unit, make_person, make_unit
from shoushan.registers import actions
from shoushan.registers.fields import WhenField
from shoushan.registers.lines import Line, all_lines
from shoushan.registers.models import Record


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
    officer, verifier = (make_person(district, role, line=line.home) for role in ("officer", "verifier"))
    return Office(hexi, hubin, officer, verifier, make_person(hubin, "reporter"))


def fields_of(line: Line, office: Office | None = None, **given: Any) -> dict[str, Any]:
    """Values for every required field of a line; what a kind of field cannot guess its `testing.py` says."""
    example = examples(line)
    made = {
        name: example[name] if name in example else _value(line, name, office)
        for name in line.required
        if name not in given
    }
    return {**made, **given}


def examples(line: Line) -> Mapping[str, Any]:
    """What the line's own `testing.py` gives for its registers: `EXAMPLES = {"enterprise": {"code": …}}`."""
    package = line.model.__module__.rpartition(".")[0]
    try:
        found: Mapping[str, Mapping[str, Any]] = import_module(f"{package}.testing").EXAMPLES
    except ModuleNotFoundError:
        return {}
    return found.get(line.key, {})


def _value(line: Line, name: str, office: Office | None) -> Any:
    """A value that a field takes: its first choice, a day, a number, a text with its name."""
    own: Any = line.model._meta.get_field(name)
    if own.choices:
        return next(iter(own.choices))[0]
    match own:
        case models.ForeignKey() if issubclass(own.related_model, Record):
            assert office is not None  # noqa: S101 - a part is made with an office
            other = next(each for each in all_lines() if each.model is own.related_model)
            return make_record(other, office, name=f"{other.key} {other.model._default_manager.count() + 1}")
        case models.ForeignKey():
            return own.related_model._default_manager.first()
        case WhenField():
            return "2026-02"
        case models.DateField():
            return date(2026, 2, 1)
        case models.DecimalField():
            return Decimal("0.5")
        case models.IntegerField():
            return 1
        case models.BooleanField():
            return False
        case _:
            return f"{name} 1"[: own.max_length]


def make_record(line: Line, office: Office, *, on: date = date(2026, 2, 1), **given: Any) -> Any:
    return actions.enter(line, office.hexi, fields_of(line, office, **given), on=on, by=office.officer)


def advance(line: Line, record: Any, office: Office, *, on: date, **given: Any) -> Any:
    """Move a record one stage on, with its fields and a file."""
    to = line.flow.following(record.stage)[0]
    record = actions.edit(record, given, by=office.officer)
    evidence.add(record, f"{to} {record.pk}".encode(), "receipt.txt", proves=to, by=office.officer)
    return actions.advance(record, to, on=on, today=date(2026, 12, 3), by=office.officer)
