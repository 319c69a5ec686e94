"""What falls due, as a calendar that programs subscribe to (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, time

from shoushan.web.today import Task


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
