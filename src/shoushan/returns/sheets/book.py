"""The month as a workbook: out with a signed key in every row, in again row by row, nothing ever doubled."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.exchange import foreign
from shoushan.exchange.sheets import KEY, Column, RowRead, read_table, write_xlsx
from shoushan.exchange.sheets.columns import Kind
from shoushan.orgs.models import Unit
from shoushan.returns.forms import FigureForm
from shoushan.returns.models import Period
from shoushan.returns.queries.figures import Figure, figures_of
from shoushan.returns.sheets.keys import Key, read_key
from shoushan.web import dates, figures

NIL = {"1": _("Nothing this period")}
SHOWN = ("label", "unit", "last_year", "last_month", "to_date")
# what is typed is read like on the page, so that “12万” means the same in a cell
TYPED = ("amount", "numerator", "denominator", "is_nil", "no_data", "note")


def _columns(*, reading: bool) -> list[Column]:
    number: Kind = "text" if reading else "decimal"
    return [
        _column("label", _("indicator")),
        _column("unit", _("unit of measure")),
        _column("last_year", _("Same month last year"), number),
        _column("last_month", _("Last month"), number),
        _column("to_date", _("To date"), number),
        _column("amount", _("value"), number, is_checked=True),
        _column("numerator", _("numerator"), number, is_checked=True),
        _column("denominator", _("denominator"), number, is_checked=True),
        _column("is_nil", _("nothing this period"), "choice", choices=NIL),
        _column("no_data", _("no data, because")),
        _column("note", _("note")),
    ]


def _column(key: str, label: Any, kind: Kind = "text", **told: Any) -> Column:
    """A column that is recognised in every language: the workbook may be filled in in another than it is read in."""
    aliases = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            aliases.append(str(label))
    return Column(key, label, kind, aliases=aliases, **told)


def month_book(period: Period, unit: Unit) -> bytes:
    """The workbook of a unit's month: what stands there, what stood before, and room for the rest."""
    rows = [_row(period, unit, figure) for figure in figures_of(period, unit) if not figure.is_fixed]
    title = f"{unit.name} {dates.month(period.calendar_month)}"
    return write_xlsx(_columns(reading=False), rows, title=title, keyed=True)


def _row(period: Period, unit: Unit, figure: Figure) -> dict[str, Any]:
    value, about = figure.value, figure.asked.about
    key = Key(str(period.calendar_month), unit.code, figure.indicator.key, about.code, value.version if value else 0)
    has_parts = value is not None and value.numerator is not None
    return {
        KEY: key.signed(),
        "label": figure.name,
        "unit": figures.measure_words(figure.indicator.measure),
        "last_year": figure.last_year,
        "last_month": figure.last_month,
        "to_date": figure.to_date,
        "amount": value.amount if value and not has_parts else None,
        "numerator": value.numerator if value else None,
        "denominator": value.denominator if value else None,
        "is_nil": "1" if value and value.is_nil else None,
        "no_data": value.no_data if value else "",
        "note": value.note if value else "",
    }


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken, and why."""

    row: int
    label: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class BookRead:
    """What a workbook says: its filled rows as forms, each with its figure and its row, and the rows that are bad."""

    rows: list[tuple[int, Figure, FigureForm]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def read_book(period: Period, unit: Unit, data: bytes, name: str) -> BookRead:
    """The rows of a workbook for this unit's month; another month's or unit's is refused whole."""
    reading = read_table(foreign.read_sheet(data, name), _columns(reading=True))
    by_key = {(it.indicator.key, it.asked.about.code): it for it in figures_of(period, unit)}
    found = BookRead()
    found.bad.extend(
        BadRow(fault.row, fault.column, Refusal(fault.code, fault.message, hint=fault.hint, params=dict(fault.params)))
        for fault in reading.faults
    )
    for row in reading.rows:
        try:
            key = read_key(str(row.values.get(KEY) or ""))
            _check_same(key, period, unit)
            figure = _figure(by_key, key)
        except Refusal as refusal:
            if refusal.code == "workbook.another":
                raise
            found.bad.append(BadRow(row.number, str(row.values.get("label") or ""), refusal))
            continue
        form = _form(row, key, figure)
        if any(form.data.get(form.add_prefix(name)) for name in TYPED):
            found.rows.append((row.number, figure, form))
    return found


def _check_same(key: Key, period: Period, unit: Unit) -> None:
    if (key.month, key.unit) != (str(period.calendar_month), unit.code):
        raise Refusal(
            "workbook.another",
            mark("This workbook is of %(unit)s, %(month)s, and this page of %(here)s, %(now)s."),
            hint=mark("Choose the right file, or open the page that the file is for."),
            params={"unit": key.unit, "month": key.month, "here": unit.code, "now": str(period.calendar_month)},
            field="file",
        )


def _figure(by_key: dict[tuple[str, str], Figure], key: Key) -> Figure:
    figure = by_key.get((key.indicator, key.about))
    if figure is not None:
        return figure
    raise Refusal(
        "workbook.not_asked",
        mark("This figure is not asked of the unit any more."),
        hint=mark("Leave the row out, or download the workbook again."),
    )


def _form(row: RowRead, key: Key, figure: Figure) -> FigureForm:
    prefix = figure.key
    typed = {f"{prefix}-{name}": _text(row.values.get(name)) for name in TYPED}
    given = {**typed, f"{prefix}-version": str(key.version)}
    return FigureForm(given, indicator=figure.indicator, value=figure.value, prefix=prefix, named=figure.name)


def _text(value: object) -> str:
    """What stands in a cell as somebody would have typed it; a number of any length keeps its digits."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
