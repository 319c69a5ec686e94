"""The register of what waits for a person: apps enter providers in ``AppConfig.ready``; 今日 gathers them.

today.add(lambda person, on: [Task(_("Verify %(unit)s") % …, url, due=…, unit="河西街道")])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.web import dates

# What a task asks of its reader.
ACT, WAIT, DONE = "act", "wait", "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits (待办): what, where, until when; ``urgency`` is ``act``, ``wait`` or ``done``."""

    title: Any
    url: str
    due: date | datetime | None = None
    urgency: str = ACT
    unit: Any = ""
    kind: Any = ""
    detail: Any = ""
    button: Any = ""

    @property
    def due_on(self) -> date | None:
        """The day it falls due; midnight ends the day before."""
        return dates.last_day(self.due) if self.due else None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of 今日 and the tasks under it."""

    key: str
    label: Any
    tasks: list[Task]


Provider = Callable[[Any, date], Iterable[Task]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Enter a provider of tasks."""
    if provider not in _providers:
        _providers.append(provider)


def tasks(person: Any, on: date) -> list[Task]:
    """Everything that waits for this person, what falls due first at the top."""
    found = [task for provider in _providers for task in provider(person, on)]
    return sorted(found, key=lambda task: (task.due_on or date.max, str(task.title)))


HEADINGS = {
    "late": _("Past their day"),
    "today": _("Due today"),
    "week": _("This week"),
    "later": _("Later"),
    WAIT: _("Waiting for others"),
    DONE: _("Just done"),
}


def sections(found: list[Task], on: date) -> list[Section]:
    """The tasks under their headings; empty headings are left out."""
    drawn = [
        Section(key, label, [task for task in found if _heading(task, on) == key]) for key, label in HEADINGS.items()
    ]
    return [section for section in drawn if section.tasks]


def _heading(task: Task, on: date) -> str:
    if task.urgency != ACT:
        return task.urgency
    if task.due_on is None or task.due_on > on + timedelta(days=7):
        return "later"
    if task.due_on < on:
        return "late"
    return "today" if task.due_on == on else "week"
