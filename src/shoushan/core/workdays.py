"""Working days (工作日) of mainland China, with their make-up weekends, and limits counted in them.

The State Council's yearly notices are taken from `chinese_calendar` (2004 to 2026); for later years, whose notice is
not out yet, Monday to Friday are taken as working days: provisional until the notice comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

ONE = timedelta(days=1)
MONDAY_TO_FRIDAY = 5


@lru_cache(maxsize=20_000)
def is_working(day: date) -> bool:
    """Whether offices work on this day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < MONDAY_TO_FRIDAY


def has_notice(year: int) -> bool:
    """Whether the State Council's notice of a year's holidays is known; without it the days are provisional.

    >>> has_notice(2026), has_notice(2099)
    (True, False)
    """
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def numbered(first: date, number: int) -> date:
    """The working day of that number from a day on, the day itself counted where it is one.

    >>> numbered(date(2026, 10, 1), 5)
    datetime.date(2026, 10, 13)
    """
    day = next_working(first)
    for _ in range(number - 1):
        day = next_working(day + ONE)
    return day


def next_working(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working(day):
        day += ONE
    return day


def after(start: date, days: int, *, working: bool) -> date:
    """The last day of a limit that began to run on ``start``: the day itself is not counted (民法典 201).

    A limit in calendar days that ends on a holiday ends on the next working day (民法典 203).

    >>> after(date(2026, 9, 30), 1, working=True), after(date(2026, 9, 21), 10, working=False)
    (datetime.date(2026, 10, 8), datetime.date(2026, 10, 8))
    """
    if not working:
        return next_working(start + timedelta(days=days))
    day = start
    while days > 0:
        day += ONE
        days -= is_working(day)
    return day


def before(end: date, days: int) -> date:
    """The last day from which ``days`` working days are left until ``end``.

    >>> before(date(2026, 10, 9), 2)
    datetime.date(2026, 10, 7)
    """
    day = end
    while days > 0:
        days -= is_working(day)
        day -= ONE
    return day


def between(start: date, end: date, *, working: bool) -> int:
    """Days after ``start`` up to and including ``end``, all or the working ones; 0 where ``end`` is not later."""
    if not working:
        return max((end - start).days, 0)
    return sum(is_working(day) for day in days_after(start, end))


def days_after(start: date, end: date) -> Iterable[date]:
    """Every day after ``start`` up to and including ``end``."""
    for number in range(1, (end - start).days + 1):
        yield start + timedelta(days=number)
