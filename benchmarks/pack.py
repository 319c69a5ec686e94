"""The meeting pack on the demonstration: from the click to three files, and how often it said how far it is."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.many import fresh, in_process

LIMIT = 15.0


def measure() -> list[Figure]:
    """December's pack, in a process and a database of its own; the first one reads the typefaces."""
    with fresh() as settings:
        told = in_process({**settings, "SHOUSHAN_TODAY": "2026-12-03"}, "benchmarks.pack", "child")
    return [
        at_most("pack of three files, the first", told["first"], "s", LIMIT),
        at_most("pack of three files, again", told["again"], "s", LIMIT),
        at_least("times it said how far it is", told["told"], "", 3),
        *(at_least(f"its {kind}", size, "KB", 1) for kind, size in told["sizes"].items()),
    ]


def main() -> None:
    """Print how long it takes, as JSON."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.utils import translation

    from shoushan.config.demonstration.command import build
    from shoushan.dispatch import packing
    from shoushan.dispatch.models import Meeting
    from shoushan.orgs.models import Person
    from shoushan.web import jobs
    from shoushan.web.models import Job

    build()
    settings.JOBS_INLINE = True
    told: list[int] = []
    tell = jobs.tell

    def counted(job: Job, done: int, total: int) -> None:
        told.append(done)
        tell(job, done, total)

    jobs.tell = counted
    meeting, person = Meeting.objects.get(month=12), Person.objects.get(login="demo-supervision")

    def made() -> tuple[float, Any]:
        began = time.perf_counter()
        job = packing.begin(meeting, person, money="yi")
        return round(time.perf_counter() - began, 2), job

    with translation.override("zh-hans"):
        first, job = made()
        again, _ = made()
    sizes = {kind: packing.path_of(job, kind).stat().st_size // 1024 for kind in packing.WRITERS}
    sys.stdout.write(json.dumps({"first": first, "again": again, "told": len(told) // 2, "sizes": sizes}) + "\n")


if __name__ == "__main__" and sys.argv[1:] == ["child"]:
    main()
