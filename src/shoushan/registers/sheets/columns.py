"""The columns of a register's own workbook: the unit, the line's fields, and the district's own columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shoushan.exchange.sheets import Column
from shoushan.orgs.models import Unit
from shoushan.registers.lines import Line
from shoushan.registers.models import LocalField

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


def row_of(
    line: Line, units: Sequence[Unit], local: Sequence[LocalField]
) -> tuple[list[str], Callable[[Sequence[Any]], dict[str, Any]]]:
    """Which values of a record are asked for, and how they become a row of the workbook; decided once for all rows."""
    fields = line.model._meta.get_field
    said = {value: str(label) for value, label in line.model._meta.get_field("stage").choices or ()}
    flags = [name for name in line.fields if isinstance(fields(name), models.BooleanField)]
    codes = {unit.pk: unit.code for unit in units}
    # the district's own columns are asked for where it has some
    own = ["local"] if local else []
    keys = ["key", "unit", "stage", *line.fields, *own]
    asked = ["pk", "unit_id", "stage", *(fields(name).attname for name in line.fields), *own]  # type: ignore[union-attr]

    def row(held: Sequence[Any]) -> dict[str, Any]:
        told = dict(zip(keys, held, strict=True))
        for name in flags:
            told[name] = None if told[name] is None else str(told[name])
        for each in local:
            told[f"{LOCAL}{each.key}"] = told["local"].get(each.key)
        told["key"], told["unit"] = str(told["key"]), codes[told["unit"]]
        told["stage"] = said.get(told["stage"], told["stage"])
        return told

    return asked, row
