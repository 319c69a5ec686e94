"""The register of what can be searched: apps enter theirs in ``AppConfig.ready``; /search/ gathers the answers.

    finding.add(_("Goals"), lambda person, words: [Hit(goal.title, url, detail)], order=10)

``words`` come as they are searched for: simplified, narrow, lower case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from shoushan.core.scripts import searchable

MOST = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, where it is, and a word on it."""

    title: str
    url: str
    detail: Any = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    label: Any
    hits: list[Hit]


Provider = Callable[[Any, list[str]], Iterable[Hit]]
_providers: list[tuple[int, Any, Provider]] = []


def add(label: Any, provider: Provider, *, order: int = 50) -> None:
    """Enter a kind of thing that can be found."""
    _providers.append((order, label, provider))


def groups(person: Any, typed: str) -> list[Group]:
    """Everything this person may see that has all the words, by kind, twenty of each at most."""
    words = searchable(typed).split()
    if not words:
        return []
    found = [
        Group(label, list(islice(provider(person, words), MOST)))
        for _order, label, provider in sorted(_providers, key=lambda one: one[0])
    ]
    return [group for group in found if group.hits]
