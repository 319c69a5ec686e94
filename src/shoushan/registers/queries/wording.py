"""A record's fields in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shoushan.core.decimals import plain
from shoushan.registers.lines import Line, line_named
from shoushan.registers.models import LocalField, Record
from shoushan.web import dates, figures

NOTHING = "—"
Say = Callable[[Any], str]


def label_of(line: Line, name: str) -> str:
    """A field's name as it stands in the model."""
    return str(line.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def choices_of(line: Line, name: str) -> dict[Any, str]:
    """A field's choices in the reader's words, looked up once for all rows."""
    choices = line.model._meta.get_field(name).choices  # type: ignore[union-attr]
    return {value: str(shown) for value, shown in choices or ()}


def written(record: Record, name: str) -> str:
    """One field of one record."""
    return sayer(line_named(record.line_key), name)(getattr(record, name))


def sayer(line: Line, name: str) -> Say:
    """How a field's values are said, decided once for all rows; the field's name tells its unit."""
    say = _say_of(line, name)
    return lambda value: NOTHING if value is None or value == "" else say(value)


def _say_of(line: Line, name: str) -> Say:
    field = line.model._meta.get_field(name)
    if isinstance(field, models.Field) and field.choices:
        known = choices_of(line, name)
        return lambda value: known.get(value, str(value))
    if name.endswith("_yuan"):  # whole yuan, as on the contract
        return figures.number
    if name.endswith("_share"):
        return lambda value: f"{plain(value * 100)} %"
    if isinstance(field, models.BooleanField):
        return lambda value: str(_("Yes") if value else _("No"))
    if isinstance(field, models.DateTimeField):
        return dates.moment
    if isinstance(field, models.DateField):
        return dates.day
    if isinstance(field, models.IntegerField | models.DecimalField):
        return figures.number
    return str


def is_figure(line: Line, name: str) -> bool:
    """Whether a column holds figures, which stand at the right."""
    field = line.model._meta.get_field(name)
    return isinstance(field, models.IntegerField | models.DecimalField) and not getattr(field, "choices", None)


def local_facts(record: Record, columns: Sequence[LocalField]) -> list[tuple[str, str]]:
    """The district's own columns of a record."""
    held: Mapping[str, Any] = record.local
    return [(column.label, str(held.get(column.key) or NOTHING)) for column in columns]
