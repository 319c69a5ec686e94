"""How days are written: 12月3日, the year only when it is another, 24:00 ends a day, a weekday at deadlines."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import get_language, gettext, ngettext, pgettext

from shoushan.core.months import Month
from shoushan.web import clock


def day(value: date | datetime | None) -> str:
    """3 December of this year, or of another with its year."""
    if value is None:
        return ""
    that = _local_day(value)
    return _day(that, that.year == clock.today().year, get_language() or "")


@lru_cache(maxsize=2048)
def _day(that: date, this_year: bool, language: str) -> str:
    """Kept by language: a list writes the same few days in every row."""
    return written(that, pgettext("date format", "j M") if this_year else pgettext("date format", "j M Y"))


def weekday(value: date | datetime | None) -> str:
    """A day with its weekday, for headings and deadlines."""
    if value is None:
        return ""
    that = _local_day(value)
    if that.year == clock.today().year:
        return written(that, pgettext("date format", "l j M"))
    return written(that, pgettext("date format", "l j M Y"))


def moment(value: datetime | None) -> str:
    """A time of today as 23:50; of another day with that day."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    time = written(local, "H:i")
    return time if local.date() == clock.today() else f"{day(local)} {time}"


def until(value: date | datetime | None) -> str:
    """A deadline: weekday, day and time; midnight is written as 24:00 of the day it ends."""
    if value is None:
        return ""
    if not isinstance(value, datetime):
        return f"{weekday(value)} 24:00"
    local = timezone.localtime(value)
    if (local.hour, local.minute) == (0, 0):
        return f"{weekday(local.date() - timedelta(days=1))} 24:00"
    return f"{weekday(local)} {written(local, 'H:i')}"


def due(value: date | datetime | None, on: date) -> tuple[str, int]:
    """When something falls due, in words, and how many days ago that was (0 when it is not overdue)."""
    if value is None:
        return "", 0
    last = last_day(value)
    late = max((on - last).days, 0)
    if late:
        return ngettext("%(n)s day overdue", "%(n)s days overdue", late) % {"n": late}, late
    if last != on:
        return day(last), 0
    ends = timezone.localtime(value) if isinstance(value, datetime) else None
    time = "24:00" if ends is None or ends.date() != last else written(ends, "H:i")
    return gettext("today %(time)s") % {"time": time}, 0


def last_day(value: date | datetime) -> date:
    """The last day of a deadline; midnight ends the day before."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) - timedelta(microseconds=1)).date()
    return value


def end_of(day: date) -> datetime:
    """The midnight in the district that ends a day: what happened on it happened before."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def month(value: Month | date | str | None) -> str:
    """November, with its year when that is another; ``2026-11`` is read as well."""
    if not value:
        return ""
    that = _month(value)
    if that.year == clock.today().year:
        return written(that.first_day, pgettext("date format", "F"))
    return written(that.first_day, pgettext("date format", "F Y"))


def _month(value: Month | date | str) -> Month:
    if isinstance(value, Month):
        return value
    return Month.read(value) if isinstance(value, str) else Month.of(value)


def _local_day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
