"""The columns of a table: what each is called, what kind of value it holds, and how a foreign header is recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Kind = Literal["text", "integer", "decimal", "date", "choice"]
# The hidden column that tells which row is meant; the same in every language.
KEY = "key"
BRACKETED = re.compile(r"[(\[【（].*?[)\]】）]")
DECORATION = re.compile(r"[\s*:：·]+")


@dataclass(frozen=True)
class Column:
    """One column; ``choices`` maps stored values to what is shown, ``aliases`` are other headers offices use."""

    key: str
    label: Any
    kind: Kind = "text"
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    aliases: Sequence[Any] = ()
    # the spreadsheet itself refuses what is no number, with its own words
    is_checked: bool = False

    @property
    def header(self) -> str:
        """The header as written, with the unit of measure in it."""
        return f"{self.label} ({self.unit})" if self.unit else str(self.label)

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What is stored, by everything a choice is called; the first that is called so."""
        found: dict[str, str] = {}
        for stored, shown in self.choices.items():
            for name in (stored, str(shown)):
                found.setdefault(plain_choice(name), stored)
        return found

    def names(self) -> Iterator[str]:
        """Every header that means this column, in the form in which headers are compared."""
        for name in (self.header, self.label, self.key, *self.aliases):
            yield plain_header(str(name))


@dataclass(frozen=True)
class Table:
    """The columns of one kind of thing, with a title for the sheet."""

    columns: Sequence[Column]
    title: Any = ""

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)


def plain_choice(text: str) -> str:
    """A choice without its width, outer spaces and capitals."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def plain_header(text: str) -> str:
    """A header without its spaces, width, brackets and stars: 「资金（万元）*」 and 「资金」 are the same."""
    narrow = unicodedata.normalize("NFKC", text)
    without = DECORATION.sub("", BRACKETED.sub("", narrow))
    return (without or DECORATION.sub("", narrow)).casefold()
