"""What entering a workbook would do, before it is done: row by row created, changed, left as it is, or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.core.scripts import searchable
from shoushan.orgs.models import Person, Unit
from shoushan.registers.actions.records import check_unit
from shoushan.registers.lines import Line
from shoushan.registers.sheets.columns import LOCAL

AT_ONCE = 500
CREATE, CHANGE, SAME = "create", "change", "same"
# what a record's key in a row must look like to be one
LONGEST_KEY = 18
# how many values of a column are kept in mind
MOST_AGAIN = 500


@dataclass(slots=True)
class RowIn:
    """A row as it was read: where it stands, whose it is (the unit's code), its values, and where each stands."""

    sheet: str
    number: int
    unit: str
    fields: dict[str, Any]
    key: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Planned:
    """A good row, and what it would do: to which record at which version, and which fields it would change."""

    row: RowIn
    what: str
    values: dict[str, Any]
    pk: int | None = None
    version: int | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with one cell or row, as a refusal with its place."""

    sheet: str
    row: int
    column: str
    cell: str
    refusal: Refusal


@dataclass(slots=True)
class Plan:
    """What a workbook would do."""

    good: list[Planned] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)

    def count(self, what: str) -> int:
        return sum(each.what == what for each in self.good)


def plan(line: Line, rows: Sequence[RowIn], *, on: date, by: Person) -> Plan:
    """Look at every row; a handful of questions however many there are."""
    made = Plan()
    known = _Known(line, rows, by)
    for row in rows:
        try:
            made.good.append(_planned(line, row, known, on))
        except Refusal as refusal:
            told = refusal.refusals if isinstance(refusal, Refusals) else [refusal]
            made.bad += [
                BadCell(row.sheet, row.number, one.field, row.cells.get(one.field, f"A{row.number}"), one)
                for one in told
            ]
    return made


def _planned(line: Line, row: RowIn, known: _Known, on: date) -> Planned:
    if not row.unit:
        raise Refusal(
            "record.no_unit",
            mark("It is not said yet which unit this belongs to."),
            hint=mark("Answer the question about it, or name the unit in the workbook."),
            field="unit",
        )
    unit = known.units.get(row.unit)
    if unit is None:
        raise Refusal(
            "access.scope",
            mark("This unit's records are not yours to enter."),
            hint=mark("Ask the administrator for a role."),
            field="unit",
        )
    check_unit(unit, on)
    values = _clean(line, row, known)
    record = known.record(row, {**values, "unit": unit})
    trial = line.model(unit=unit, stage=line.flow.first, **{**_facts(record, line), **values})
    broken = [refusal for rule in line.rules for refusal in rule(trial)]
    if broken:
        raise Refusals(broken)
    if record is None:
        known.remember({**values, "unit": unit}, row)
        return Planned(row, CREATE, values)
    changes = [name for name, value in values.items() if getattr(record, name) != value]
    return Planned(row, CHANGE if changes else SAME, values, record.pk, record.version, changes)


def _facts(record: Any, line: Line) -> dict[str, Any]:
    return {} if record is None else {name: getattr(record, name) for name in line.fields}


def _clean(line: Line, row: RowIn, known: _Known) -> dict[str, Any]:
    """Each value as its field takes it; every fault of the row at once."""
    values: dict[str, Any] = {}
    faults: list[Refusal] = []
    local = {name.removeprefix(LOCAL): value for name, value in row.fields.items() if name.startswith(LOCAL)}
    for name, value in row.fields.items():
        if name.startswith(LOCAL):
            continue
        if value is None or value == "":
            # where there is nothing to say "empty" with, it leaves what the register would put there itself
            if name in known.empty:
                values[name] = known.empty[name]
            continue
        try:
            values[name] = known.cleaners[name](value)
        except ValidationError as error:
            own = known.fields[name]
            params = {"field": str(own.verbose_name), "fault": error.messages[0].rstrip(".。")}
            faults.append(
                Refusal(
                    "record.field",
                    mark("%(field)s: %(fault)s."),
                    hint=mark("Correct this cell."),
                    params=params,
                    field=name,
                )  # fmt: skip
            )
    faults += [_missing(known.fields[name]) for name in line.required if values.get(name) in (None, "")]
    if faults:
        raise Refusals(faults)
    if any(value not in (None, "") for value in local.values()):
        values["local"] = {key: str(value) for key, value in local.items() if value not in (None, "")}
    return values


def _empty(own: Any) -> str | None:
    """What an empty cell is to a field."""
    return "" if isinstance(own, models.CharField | models.TextField) and not own.null else None


def _cleaner(own: Any) -> Callable[[Any], Any]:
    """How a field takes a value: made once for a column, and once for each value that stands there again and again."""

    def clean(value: Any) -> Any:
        if own.choices:
            value = _choices(own).get(searchable(str(value)), value)
        if isinstance(own, models.IntegerField) and isinstance(value, Decimal) and value != value.to_integral_value():
            raise ValidationError(_("whole numbers only; here stands %(value)s") % {"value": value})
        return own.clean(value, None)

    return lru_cache(maxsize=MOST_AGAIN, typed=True)(clean)


@cache
def _choices(own: Any) -> dict[str, Any]:
    """A field's choices by everything they are called: their keys, and their names in every language."""
    found: dict[str, Any] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {searchable(str(shown)): value for value, shown in own.flatchoices}
    return found | {searchable(str(value)): value for value, _shown in own.flatchoices}


def _missing(own: Any) -> Refusal:
    return Refusal(
        "record.field",
        mark("%(field)s: %(fault)s."),
        hint=mark("Correct this cell."),
        params={"field": str(own.verbose_name), "fault": str(own.error_messages["blank"]).rstrip(".。")},
        field=own.name,
    )


class _Known:
    """What the register holds already, asked for all rows at once."""

    def __init__(self, line: Line, rows: Sequence[RowIn], by: Person) -> None:
        self.line = line
        self.fields: dict[str, Any] = {each.name: each for each in line.model._meta.concrete_fields}
        taken = [own for name, own in self.fields.items() if name in line.fields]
        self.empty = {own.name: _empty(own) for own in taken if own.null or own.empty_strings_allowed}
        self.cleaners: dict[str, Callable[[Any], Any]] = {
            own.name: partial(self.referred, own) if isinstance(own, models.ForeignKey) else _cleaner(own)
            for own in taken
        }
        self.units = {unit.code: unit for unit in Unit.objects.all() if by.works_for(line.home, unit, "officer")}
        self.rows = line.model.objects.visible_to(by).standing().defer("search_words")
        self.by_key = {
            str(record.pk): record
            for keys in _some(row.key for row in rows if row.key.isdecimal() and len(row.key) <= LONGEST_KEY)
            for record in self.rows.filter(pk__in=keys)
        }
        self.by_code: dict[tuple[str, Any], Any] = {}
        self.by_same: dict[tuple[Any, ...], Any] = {}
        self.references = {
            name: self._references(own, {str(row.fields[name]) for row in rows if row.fields.get(name)})
            for name, own in self.fields.items()
            if isinstance(own, models.ForeignKey) and name in line.fields
        }
        for name in line.codes:
            for values in _some(row.fields.get(name) for row in rows):
                for record in self.rows.filter(**{f"{name}__in": values}):
                    self.by_code[name, getattr(record, name)] = record
        # the first word that tells a double; another record or a unit is compared, not searched for
        first = next((name for name in line.same if not isinstance(self.fields[name], models.ForeignKey)), None)
        for values in _some(row.fields.get(first) for row in rows) if first else ():
            for record in self.rows.filter(**{f"{first}__in": values}):
                self.by_same[self._same({name: getattr(record, self.fields[name].attname) for name in line.same})] = (
                    record
                )

    def _same(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        found = (values.get(name) for name in self.line.same)
        return tuple(value.pk if isinstance(value, models.Model) else value for value in found)

    def _references(self, own: Any, typed: set[str]) -> dict[str, Any]:
        """The records a column refers to, by number and by name; a name that several have means none of them."""
        found: dict[str, Any] = {}
        records = own.related_model._default_manager
        for values in _some(value.removeprefix("#") for value in typed):
            numbers = [value for value in values if value.isdecimal() and len(value) <= LONGEST_KEY]
            for record in records.filter(pk__in=numbers):
                found[str(record.pk)] = record
            for record in records.filter(name__in=values):
                found[record.name] = None if record.name in found else record
        return found

    def referred(self, own: Any, value: Any) -> Any:
        record = self.references[own.name].get(str(value).removeprefix("#"))
        if record is None:
            raise ValidationError(_("no record, or more than one, has this number or name"))
        return record

    def record(self, row: RowIn, values: Mapping[str, Any]) -> Any:
        """The record a row means: by its key, by a code that tells it alone, or by the fields that tell a double."""
        if row.key:
            if row.key not in self.by_key:
                raise Refusal(
                    "record.key",
                    mark("No record has this row's key."),
                    hint=mark("Leave the hidden key column as exported, or empty for a new record."),
                )
            return self.by_key[row.key]
        for name in self.line.codes:
            if values.get(name) and (found := self.by_code.get((name, values[name]))) is not None:
                return self._standing(found)
        return self._standing(self.by_same.get(self._same(values))) if self.line.same else None

    @staticmethod
    def _standing(found: Any) -> Any:
        if isinstance(found, int):
            raise Refusal(
                "row.repeated",
                mark("This row says the same as row %(first)s."),
                hint=mark("Delete one of them; if both are meant, let them differ, in their names for example."),
                params={"first": found},
            )
        return found

    def remember(self, values: Mapping[str, Any], row: RowIn) -> None:
        """A row about to be created is known to the rows below it."""
        for name in self.line.codes:
            if values.get(name):
                self.by_code[name, values[name]] = row.number
        if self.line.same:
            self.by_same[self._same(values)] = row.number


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Different values, some hundreds at a time."""
    different = list(dict.fromkeys(value for value in values if value not in (None, "")))
    for start in range(0, len(different), AT_ONCE):
        yield different[start : start + AT_ONCE]
