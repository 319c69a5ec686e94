"""What a report is made of; a figure is written once, and each kind of file prints that writing or holds its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: as it is printed and, of a figure, the number that a workbook holds in its stead."""

    text: str
    number: Decimal | None = None

    @property
    def places(self) -> int:
        """How many decimals are printed."""
        return len(self.text.partition(".")[2]) if self.number is not None else 0


def words(text: object) -> Cell:
    return Cell(str(text))


def figure(text: str) -> Cell:
    """A figure by its writing: the number is read from what is printed, so that they cannot differ."""
    plain = text.replace(",", "").replace("−", "-")  # noqa: RUF001 - the minus sign that figures are written with
    return Cell(text, Decimal(plain) if plain and plain[-1].isdigit() else None)


@dataclass(frozen=True, slots=True)
class Table:
    """Heads, rows, and how wide the columns are to one another."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]

    def is_figures(self, column: int) -> bool:
        """Whether a column holds figures, which stand at the right."""
        return any(row[column].number is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart, one a label."""

    name: str
    values: Sequence[Cell]


def highest(series: Sequence[Series]) -> Decimal:
    """The highest figure of a chart; nothing below zero is drawn."""
    return max((cell.number for one in series for cell in one.values if cell.number is not None), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars beside one another for each label; ``unit`` is what they count."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str
    kind: str = "bars"


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines through the same labels."""

    labels: Sequence[str]
    series: Sequence[Series]
    unit: str
    kind: str = "lines"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it: sentences, a table, a chart."""

    title: str
    said: Sequence[str] = ()
    table: Table | None = None
    chart: Bars | Lines | None = None
    empty: str = ""  # what is said where the table has no rows


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, what stands below it, its parts in order, and the line at each page's foot."""

    title: str
    note: str
    parts: Sequence[Part] = field(default_factory=list)
    foot: str = ""
    language: str = "zh-hans"
    on: date = date(2000, 1, 1)
