"""A row while it is being read: its values, what is wrong with it, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shoushan.exchange.clerk.cells import Reading

WITH_COLUMN = frozenset({"money_unit", "area_unit", "amount_unit", "percent_scale"})
WITH_TEXT = frozenset({"unit_ambiguous", "unit_closed", "unit_gone", "share_split", "limit_unit", "colour_meaning"})


class At(NamedTuple):
    """Where something stands: the field, the column's header, the cell's name."""

    field: str
    label: str
    cell: str


@dataclass(frozen=True)
class Wrong:
    """A refused cell: the sentence that says why."""

    at: At
    sentence: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ask:
    """A question about one row (and the rows it is compared with)."""

    at: At
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[tuple[str, str], ...] = ()
    hold: bool = False
    others: tuple[int, ...] = ()
    """Rows it is compared with, which go in all the same."""
    plan: str = ""
    """The field whose column reads the answer, where it is another."""

    @property
    def group(self) -> str:
        """What questions are asked together: of one column, of one text, or row by row."""
        if self.code in WITH_COLUMN:
            return ""
        if self.code in WITH_TEXT:
            return str(self.params.get("said") or self.params.get("colour"))
        return self.at.cell


@dataclass
class Draft:
    """One row of data; ``row`` counts from 1 as the sheet shows it."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, At] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    notes: dict[str, Reading] = field(default_factory=dict)
    """Readings that the whole column must settle."""
    unread: dict[str, str | None] = field(default_factory=dict)
    fills: dict[int, str] = field(default_factory=dict)

    def refuse(self, at: At, sentence: str, **params: Any) -> None:
        self.wrong.append(Wrong(at, sentence, {"column": at.label, **params}))

    def ask(
        self,
        at: At,
        code: str,
        *,
        empties: bool = False,
        hold: bool = False,
        others: tuple[int, ...] = (),
        plan: str = "",
        options: tuple[tuple[str, str], ...] = (),
        **params: Any,
    ) -> None:
        """Ask; where ``empties``, the field is null until there is an answer."""
        self.asks.append(Ask(at, code, params, options, hold, others, plan))
        if empties:
            self.values.pop(at.field, None)
            self.pending.add(at.field)

    def at(self, name: str) -> At:
        return self.cells.get(name) or At(name, name, "")
