"""What a name in a formula stands for in one unit's year: a fact, a list's field, or what was reckoned before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.facts import Absent, Facts
from shoushan.scoring.formulas.absence import AbsentError, Why, no_list, no_number
from shoushan.scoring.formulas.evaluation import number
from shoushan.scoring.formulas.nodes import Name, Node

Known = Fraction | AbsentError


class Book:
    """The facts of a year, and what was reckoned of each unit so far, by the name a formula calls it by."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.columns: dict[str, dict[str, Known]] = {}
        self._pools: dict[tuple[int, str | None], list[Fraction]] = {}

    def known(self, tree: Node, unit: str) -> Known:
        """What a formula gives for a unit, or why it gives nothing."""
        try:
            return number(tree, Lookup(self, unit))
        except AbsentError as absent:
            return absent

    def column(self, node: Node, compared: str | None) -> Sequence[Fraction]:
        """What a part of a formula gives for each unit of a group, or for all under None; worked out once."""
        key = (id(node), compared)
        if key not in self._pools:
            peers = [peer for peer, group in self.facts.groups.items() if compared in (None, group)]
            self._pools[key] = [each for peer in peers if isinstance(each := self.known(node, peer), Fraction)]
        return self._pools[key]


class Lookup:
    """Where the formulas of one unit find their names."""

    def __init__(self, book: Book, unit: str, group: str | None = None) -> None:
        self.book, self.unit = book, unit
        self.group = book.facts.groups[unit] if group is None else group

    def at_unit(self, unit: str) -> Lookup:
        if unit not in self.book.facts.groups:
            raise _unknown(unit, self.book.facts.groups)
        return Lookup(self.book, unit)

    def in_group(self, group: str) -> Lookup:
        if group not in self.book.facts.groups.values():
            raise _unknown(group, self.book.facts.groups.values())
        return Lookup(self.book, self.unit, group)

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
        return self.book.column(node, None if everyone else self.group)

    def _column(self, name: str) -> Fraction:
        found = self.book.columns[name][self.unit]
        if isinstance(found, AbsentError):
            raise AbsentError(found.why, found.name or name)
        return found

    def _fact(self, name: str) -> Any:
        facts = self.book.facts
        said = facts.words.get(self.unit, {}).get(name)
        if said is not None:
            return said
        if name in facts.lists.get(self.unit, {}):
            raise no_number(f"{name}[]")
        value = facts.values[self.unit].get(name)
        if value is None:
            raise AbsentError(Why.SILENT, name)
        if isinstance(value, Absent):
            raise AbsentError(Why.MISSING if value is Absent.MISSING else Why.NOT_APPLICABLE, name)
        return Fraction(value)

    def _entries(self, name: Name) -> Any:
        facts = self.book.facts
        entries = facts.lists.get(self.unit, {}).get(name.name)
        if entries is None:
            raise no_list(self._fact(name.name), name.name)
        if not name.entry:
            return tuple(entry.get(name.column, Absent.MISSING) for entry in entries)
        if name.entry > len(entries):
            raise AbsentError(Why.MISSING, f"{name.name}[{name.entry}]")
        return entries[name.entry - 1].get(name.column, Absent.MISSING)


def _unknown(name: str, known: Iterable[str]) -> Refusal:
    names = list(dict.fromkeys(known))
    return Refusal(
        "facts.unknown_word",
        mark("“%(value)s” is none of the words the rule knows: %(known)s."),
        hint=mark("Correct the word, or give the function a last value for all others."),
        params={"value": name, "known": ", ".join(names[:20])},
    )


def _name(node: Node) -> str:
    return node.name if isinstance(node, Name) else ""
