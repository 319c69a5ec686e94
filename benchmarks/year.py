"""The year page of a district of 39 units and 60 goals, eleven months in: the first time, and once it is known."""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import date
from decimal import Decimal

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.many import fresh, in_process, ready
from tools import postgres

UNITS, GOALS, MONTHS, TIMES = 39, 60, 11, 9
YEAR, TODAY = 2026, date(2026, 12, 3)


def fill() -> None:
    """Every unit carries every goal: a schedule month by month, and a figure for each month that is over."""
    by = ready()
    from datetime import datetime

    from django.utils import timezone

    from shoushan.orgs.models import Person, Unit
    from shoushan.plans.models import Document, Goal, Indicator, Passage, Schedule, Share, Year
    from shoushan.returns.models import Period, Return, Value

    at = timezone.make_aware(datetime(YEAR, 3, 1))
    verifier = Person.objects.exclude(pk=by.pk).order_by("pk")[0]
    year = Year.objects.create(number=YEAR)
    text = "".join(f"第{number}项任务完成一千件。" for number in range(GOALS))
    speech = Document.objects.create(
        year=year, title="讲话", delivered_on=date(YEAR, 2, 26), text=text, sha256="0" * 64, added_by=by, added_at=at
    )
    units = list(Unit.objects.exclude(kind=Unit.Kind.DISTRICT).order_by("path")[:UNITS])
    goals, start = [], 0
    for number in range(GOALS):
        end = text.index("。", start) + 1
        passage = Passage.objects.create(
            document=speech, start=start, end=end, words_start=start, words_end=end, kind="target",
            decision="confirmed", decided_by=by, decided_at=at,
        )  # fmt: skip
        indicator = Indicator.objects.create(
            key=f"made.up{number}", label=f"第{number}项", measure="item", kind="flow", source="reported"
        )
        goals.append(
            Goal.objects.create(
                year=year,
                passage=passage,
                kind="target",
                title=f"第{number}项任务",
                indicator=indicator,
                compare="at_least",
                value=UNITS * 12 * 10,
                measure="item",
                order=number,
                lead_unit=units[0],
            )  # fmt: skip
        )
        start = end
    shares = Share.objects.bulk_create(
        Share(goal=goal, unit=unit, value=Decimal(120)) for goal in goals for unit in units
    )
    Schedule.objects.bulk_create(
        (Schedule(share=share, month=month, due=Decimal(10 * month)) for share in shares for month in range(1, 13)),
        batch_size=2_000,
    )
    for month in range(1, MONTHS + 1):
        clocks = {
            name: timezone.make_aware(datetime(YEAR, month, day))
            for name, day in (("opens_at", 1), ("due_at", 6), ("locks_at", 9))
        }
        period = Period.objects.create(year=year, month=month, **clocks)
        returns = Return.objects.bulk_create(Return(period=period, unit=unit, submitted_at=at) for unit in units)
        Value.objects.bulk_create(
            (
                Value(
                    entry=entry, unit=entry.unit, indicator=goal.indicator, amount=Decimal(7 + (number + place) % 5),
                    state="accepted", entered_by=by, entered_at=at, decided_by=verifier, decided_at=at,
                )
                for number, entry in enumerate(returns)
                for place, goal in enumerate(goals)
            ),
            batch_size=2_000,
        )  # fmt: skip


def child() -> None:
    """In a process of its own: the page to the district head and to one unit, in milliseconds, and its questions."""
    os.environ["SHOUSHAN_TODAY"] = TODAY.isoformat()
    fill()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from shoushan.config import wsgi  # noqa: F401 - what the server does at its start
    from shoushan.ledger import kept
    from shoushan.orgs.models import Person

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told: dict[str, float] = {}
    for role in ("head", "reporter"):
        visitor = Client(headers={"host": "127.0.0.1"})
        visitor.force_login(Person.objects.get(login=f"demo-{role}"), "django.contrib.auth.backends.ModelBackend")
        for words, forgetful in (("cold", True), ("warm", False)):
            taken = []
            for _ in range(TIMES + 1):
                if forgetful:
                    kept.forget()
                began = time.perf_counter()
                answer = visitor.get("/year/")
                taken.append((time.perf_counter() - began) * 1000)
                if answer.status_code != 200 or "第59项任务".encode() not in answer.content:
                    raise RuntimeError(f"/year/ answered {answer.status_code}")
            told[f"{role} {words}"] = statistics.median(taken[1:])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visitor.get("/year/")
        told[f"{role} questions"] = len(asked)
        told[f"{role} size"] = len(answer.content) / 1024
    print(json.dumps(told))


def measure() -> list[Figure]:
    figures: list[Figure] = []
    with postgres.running() as address:
        for name, database in (("SQLite", ""), ("PostgreSQL", address)):
            with fresh(database) as settings:
                told = in_process({**settings, "SHOUSHAN_TODAY": TODAY.isoformat()}, "benchmarks.year", "child")
            for role in ("head", "reporter"):
                figures += [
                    at_most(f"year page, {role}, cold, {name}", told[f"{role} cold"], "ms", 400),
                    at_most(f"year page, {role}, warm, {name}", told[f"{role} warm"], "ms", 100),
                    at_most(f"… questions to the database, {name}", told[f"{role} questions"], "", 25),
                    at_least(f"… its size, {name}", told[f"{role} size"], "KB", 1),
                ]
    return figures


if __name__ == "__main__" and sys.argv[1:] == ["child"]:
    child()
