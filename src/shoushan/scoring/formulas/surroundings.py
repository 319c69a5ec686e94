"""What a formula sees around it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

from shoushan.scoring.formulas.nodes import Name, Node


class Surroundings(Protocol):
    """Where the names of a formula have their values, for one unit."""

    def value(self, name: Name) -> Any:
        """A fraction, a day, or a tuple for a list's field."""

    def points(self, name: Node) -> Any:
        """The points of a rule or a section."""

    def fact(self, name: Node) -> Any:
        """A fact, even where a rule is called the same."""

    def at_unit(self, unit: str) -> Surroundings:
        """The same in the place of another unit."""

    def in_group(self, group: str) -> Surroundings:
        """The same unit, compared with the units of another group."""

    def column(self, node: Node, *, everyone: bool) -> Sequence[Fraction]:
        """What a part of the formula gives for each unit compared with, those left out for which it gives nothing."""
