"""The columns of a register's own workbook: the unit, the line's fields, and the district's own columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shoushan.exchange.sheets import Column
from shoushan.orgs.models import Unit
from shoushan.registers.lines import Line
from shoushan.registers.models import LocalField, Record

LOCAL = "local_"
KINDS: tuple[tuple[type[Any], str], ...] = (
    (models.IntegerField, "integer"),
    (models.DecimalField, "decimal"),
    (models.DateField, "date"),
)
LOCAL_KINDS: dict[str, Any] = {
    LocalField.Kind.TEXT: "text",
    LocalField.Kind.NUMBER: "decimal",
    LocalField.Kind.DATE: "date",
}


def columns(line: Line, units: Sequence[Unit], local: Sequence[LocalField] = ()) -> list[Column]:
    """What a register's workbook holds; the stage goes out but never comes in, since it needs evidence."""
    named = {unit.code: unit.name for unit in units}
    found = [Column("unit", str(Unit._meta.verbose_name), kind="choice", required=True, choices=named)]
    found += [_column(line, name) for name in line.fields]
    return found + [Column(f"{LOCAL}{each.key}", each.label, kind=LOCAL_KINDS[each.kind]) for each in local]


def stage_column(line: Line) -> Column:
    """The stage a record stands at, for reading only."""
    return Column("stage", line.model._meta.get_field("stage").verbose_name)


def _column(line: Line, name: str) -> Column:
    own = line.model._meta.get_field(name)
    assert isinstance(own, models.Field)  # noqa: S101 - a line's fields are checked at start-up
    label, required = own.verbose_name, name in line.required
    if own.choices:
        return Column(name, label, "choice", required, choices={str(value): shown for value, shown in own.choices})
    if isinstance(own, models.BooleanField):
        return Column(name, label, "choice", required, choices={"True": _("Yes"), "False": _("No")})
    if isinstance(own, models.ForeignKey):
        return Column(name, label, "text", required)
    kind: Any = next((kind for known, kind in KINDS if isinstance(own, known)), "text")
    return Column(name, label, kind, required)


def row_of(line: Line, local: Sequence[LocalField]) -> Callable[[Record], dict[str, Any]]:
    """How a record becomes a row of the workbook; decided once for all rows."""
    fields = line.model._meta.get_field
    said = dict(line.model._meta.get_field("stage").choices or ())
    bare = [(name, fields(name).attname) for name in line.fields]  # type: ignore[union-attr]
    flags = {name for name in line.fields if isinstance(fields(name), models.BooleanField)}

    def row(record: Record) -> dict[str, Any]:
        held = {name: getattr(record, attribute) for name, attribute in bare}
        for name in flags:
            held[name] = None if held[name] is None else str(held[name])
        for each in local:
            held[f"{LOCAL}{each.key}"] = record.local.get(each.key)
        held.update(key=str(record.pk), unit=record.unit.code, stage=str(said.get(record.stage, record.stage)))
        return held

    return row
