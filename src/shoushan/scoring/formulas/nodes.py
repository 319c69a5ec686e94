"""What a formula is made of, once read: one tree, whatever language its functions were written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Number:
    """A number as written; per cent is already divided."""

    value: Fraction


@dataclass(frozen=True)
class Text:
    """A word in quotes, to compare with or to look up."""

    text: str


@dataclass(frozen=True)
class Name:
    """A fact, a named value, the points of a rule or of a section; ``column`` where it is a list's field.

    ``entry`` is the number of one entry of a list, from 1 on.
    """

    name: str
    is_list: bool = False
    column: str = ""
    place: int = 0
    entry: int = 0


@dataclass(frozen=True)
class Call:
    """A function of the fixed list by its English name, or an operator by its sign."""

    function: str
    given: tuple[Node, ...]
    place: int = 0


Node = Number | Text | Name | Call


@dataclass(frozen=True)
class Formula:
    """A formula with the text it was read from."""

    text: str
    tree: Node = field(compare=False)

    def __str__(self) -> str:
        return self.text

    def names(self) -> Iterator[Name]:
        """Every name in it, from left to right."""
        return names_in(self.tree)


def names_in(node: Node) -> Iterator[Name]:
    """Every name under a node."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Call):
        for each in node.given:
            yield from names_in(each)
