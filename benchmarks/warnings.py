"""Judging a month anew: on the demonstration, and for 39 units with 60 goals each."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benchmarks.figures import Figure, at_most
from benchmarks.many import fresh, in_process, ready

ON = date(2026, 12, 3)
LIMIT = 2.0
GOALS = 60
UNITS = 39


def measure() -> list[Figure]:
    """Both districts, each in a process and a database of its own; the second judging changes nothing."""
    with fresh() as settings:
        small = in_process(settings, "benchmarks.warnings", "demonstration")
    with fresh() as settings:
        large = in_process(settings, "benchmarks.warnings", "generated")
    found = []
    for name, told in (("demonstration", small), (f"{UNITS} units × {GOALS} goals", large)):
        found.append(at_most(f"judge a month, {name}", told["first"], "s", LIMIT))
        found.append(at_most(f"judge it again, {name} ({told['standing']} alarms)", told["again"], "s", LIMIT))
    return found


def main(which: str) -> None:
    """Print how long judging takes, as JSON."""
    ready() if which == "generated" else _demonstration()
    from shoushan.dispatch.actions import recompute
    from shoushan.dispatch.models import Alarm
    from shoushan.plans.models import Year

    if which == "generated":
        _generate()
    year = Year.objects.get(number=ON.year)
    Alarm.objects.all().delete()
    first = _seconds(lambda: recompute(year, on=ON))
    again = _seconds(lambda: recompute(year, on=ON))
    told = {"first": first, "again": again, "standing": Alarm.objects.count()}
    sys.stdout.write(json.dumps(told) + "\n")


def _demonstration() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shoushan.config.settings")
    import django

    django.setup()
    from shoushan.config.demonstration.command import build

    build()


def _generate() -> None:
    """Units with goals and months straight into the tables: what is measured is judging them."""
    from django.utils import timezone

    from shoushan.orgs.models import Person, Unit
    from shoushan.plans import actions as plans
    from shoushan.plans.models import Goal, Indicator, Passage, Schedule, Share
    from shoushan.returns.models import Period, Return, Value

    now, by = timezone.now(), Person.objects.get(login="demo-supervision")
    verifier = Person.objects.get(login="demo-verifier")
    year = plans.open_year(ON.year, by=by)
    units = list(Unit.objects.exclude(kind="district")[:UNITS])
    document = plans.add_document(year, title="x", text="x" * GOALS, delivered_on=None, by=by)
    goals = []
    for number in range(GOALS):
        indicator = Indicator.objects.create(
            key=f"made.{number}", label=f"made {number}", measure="item", kind="flow", source="reported"
        )
        words = {"start": number, "end": number + 1, "words_start": number, "words_end": number + 1}
        passage = Passage.objects.create(document=document, kind="target", **words)
        goals.append(
            Goal.objects.create(
                year=year,
                passage=passage,
                kind="target",
                title=f"made {number}",
                indicator=indicator,
                value=1200 * len(units),
                measure="item",
            )  # fmt: skip
        )
    Share.objects.bulk_create(Share(goal=goal, unit=unit, value=Decimal(1200)) for goal in goals for unit in units)
    shares = list(Share.objects.all())
    Schedule.objects.bulk_create(
        [Schedule(share=share, month=month, due=Decimal(month * 100)) for share in shares for month in range(1, 13)],
        batch_size=5000,
    )
    for month in range(1, 12):
        period = Period.objects.create(
            year=year, month=month, opens_at=now, due_at=now + timedelta(1), locks_at=now + timedelta(2)
        )
        entries = {unit.pk: Return.objects.create(period=period, unit=unit) for unit in units}
        Value.objects.bulk_create(
            [
                Value(
                    entry=entries[share.unit_id],
                    indicator=share.goal.indicator,
                    unit_id=share.unit_id,
                    amount=Decimal(80 + (share.pk * 7 + month * 13) % 41),
                    state="accepted",
                    entered_by=by,
                    entered_at=now,
                    decided_by=verifier,
                    decided_at=now,
                )  # fmt: skip
                for share in Share.objects.select_related("goal__indicator")
            ],
            batch_size=5000,
        )


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(sys.argv[1])
