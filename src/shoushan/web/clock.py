"""The only place that reads the clock; below views and commands, time is an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment in the district; where ``SHOUSHAN_TODAY`` names a day, that day with the real time of day."""
    local = timezone.localtime()
    day: date | None = getattr(settings, "SHOUSHAN_TODAY", None)
    return local if day is None else local.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """Today's date in the district."""
    return now().date()


def real() -> datetime:
    """This moment as the world knows it, whatever counts as today: signatures are checked against it."""
    return timezone.now()
