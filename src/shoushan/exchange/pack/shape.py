"""What a pack is made of: tables of finished words, and bars of what is done against what is due."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading; every cell is the text to print. ``empty`` is said where there is no row."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is done of a whole (1.0) and what is due by now; ``word`` is the light's."""

    label: str
    done: float
    due: float
    word: str


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that is printed, shown and calculated with; ``done`` and ``due`` name the two series of the bars."""

    title: str
    answer: str
    tables: list[Table]
    bars: list[Bar]
    bars_title: str
    done: str
    due: str
    on: str
    language: str
