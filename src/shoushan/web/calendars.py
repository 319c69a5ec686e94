"""What falls due, as a calendar that programs subscribe to (RFC 5545).

The feed holds what 今日 shows, and what apps enter besides in ``AppConfig.ready``: days that are farther off, or that
others keep.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from shoushan.web import today
from shoushan.web.today import Provider, Task

_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Enter a provider of what falls due and is not yet in 今日."""
    if provider not in _providers:
        _providers.append(provider)


def falling_due(person: Any, on: date) -> list[Task]:
    """Everything with a day for this person, what 今日 shows first; one thing on one day is told once."""
    found = [*today.tasks(person, on), *(task for provider in _providers for task in provider(person, on))]
    once = {(task.url, task.due_on): task for task in reversed(found)}
    return [task for task in found if once[task.url, task.due_on] is task]


def feed(tasks: Iterable[Task], home: str) -> bytes:
    """Each task with a day as an event of that whole day; the same task keeps its identity from day to day."""
    from icalendar import Calendar, Event  # on demand: pages start without it

    calendar = Calendar()
    calendar.add("prodid", "-//Shoushan//due//")
    calendar.add("version", "2.0")
    for task in tasks:
        if task.due_on is None:
            continue
        event = Event()
        event.add("uid", hashlib.sha256(f"{task.url} {task.due_on}".encode()).hexdigest())
        event.add("dtstamp", datetime.combine(task.due_on, time.min, UTC))
        event.add("dtstart", task.due_on)
        event.add("summary", str(task.title))
        event.add("url", home.rstrip("/") + task.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
