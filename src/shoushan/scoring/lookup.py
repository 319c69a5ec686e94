"""What a name in a formula stands for in one unit's year: a fact, a list's field, or what was reckoned before it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from shoushan.scoring.facts import Absent, Facts
from shoushan.scoring.formulas.evaluation import AbsentError, Why, no_list, no_number, number
from shoushan.scoring.formulas.nodes import Name, Node

Known = Fraction | AbsentError


class Book:
    """The facts of a year, and what was reckoned of each unit so far, by the name a formula calls it by."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.columns: dict[str, dict[str, Known]] = {}
        self._pools: dict[tuple[int, str], list[Fraction]] = {}

    def known(self, tree: Node, unit: str) -> Known:
        """What a formula gives for a unit, or why it gives nothing."""
        try:
            return number(tree, Lookup(self, unit))
        except AbsentError as absent:
            return absent

    def column(self, node: Node, unit: str, *, everyone: bool) -> Sequence[Fraction]:
        """What a part of a formula gives for each unit that this one is compared with, worked out once."""
        groups = self.facts.groups
        key = (id(node), "" if everyone else f"={groups[unit]}")
        if key not in self._pools:
            peers = [peer for peer, group in groups.items() if everyone or group == groups[unit]]
            self._pools[key] = [each for peer in peers if isinstance(each := self.known(node, peer), Fraction)]
        return self._pools[key]


class Lookup:
    """Where the formulas of one unit find their names."""

    def __init__(self, book: Book, unit: str) -> None:
        self.book, self.unit = book, unit

    def value(self, name: Name) -> Any:
        if name.is_list:
            return self._entries(name)
        if name.name in self.book.columns:
            return self._column(name.name)
        return self.fact(name)

    def points(self, name: Node) -> Any:
        return self._column(_name(name))

    def fact(self, name: Node) -> Any:
        if isinstance(name, Name) and name.is_list:
            return self._entries(name)
        return self._fact(_name(name))

    def number_of(self, name: str) -> Fraction:
        value = self._fact(name)
        if not isinstance(value, Fraction):
            raise no_number(value)
        return value

    def column(self, node: Node, *, everyone: bool) -> Sequence[Fraction]:
        return self.book.column(node, self.unit, everyone=everyone)

    def _column(self, name: str) -> Fraction:
        found = self.book.columns[name][self.unit]
        if isinstance(found, AbsentError):
            raise AbsentError(found.why, found.name or name)
        return found

    def _fact(self, name: str) -> Any:
        facts = self.book.facts
        day = facts.days.get(self.unit, {}).get(name)
        if day is not None:
            return day
        if name in facts.lists.get(self.unit, {}):
            raise no_number(f"{name}[]")
        value = facts.values[self.unit].get(name)
        if value is None:
            raise AbsentError(Why.SILENT, name)
        if isinstance(value, Absent):
            raise AbsentError(Why.MISSING if value is Absent.MISSING else Why.NOT_APPLICABLE, name)
        return Fraction(value)

    def _entries(self, name: Name) -> tuple[Any, ...]:
        facts = self.book.facts
        entries = facts.lists.get(self.unit, {}).get(name.name)
        if entries is None:
            raise no_list(self._fact(name.name), name.name)
        return tuple(entry.get(name.column, Absent.MISSING) for entry in entries)


def _name(node: Node) -> str:
    return node.name if isinstance(node, Name) else ""
