"""Events that single people may not read, whatever their role: apps say which in ``AppConfig.ready``.

    hidden.add(lambda person: {"petitions.matter": [3, 7]})       subjects by their name, with the ids of the things

Whoever is accused in a matter must not learn of it from the ledger either. The events stay, are verified, and are
read by everybody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

Provider = Callable[[Any], Mapping[str, Iterable[int]]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Enter what is hidden from a person."""
    _providers.append(provider)


def readable(events: QuerySet[Any], person: Any) -> QuerySet[Any]:
    """The events without those hidden from this person."""
    for provider in _providers:
        for subject, keys in provider(person).items():
            if found := [str(key) for key in keys]:
                events = events.exclude(Q(subject=subject) & Q(subject_id__in=found))
    return events
