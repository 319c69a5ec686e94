"""Limits in working days: holidays are skipped, make-up weekends count, the first day does not."""

from __future__ import annotations

from datetime import date

import pytest

from shoushan.core import workdays


@pytest.mark.parametrize(
    ("start", "days", "working", "last"),
    [
        (date(2026, 9, 30), 1, True, date(2026, 10, 8)),  # the National Day week
        (date(2026, 2, 13), 2, True, date(2026, 2, 24)),  # 14 February 2026 is a make-up Saturday
        (date(2026, 3, 2), 0, True, date(2026, 3, 2)),
        (date(2026, 3, 2), 60, False, date(2026, 5, 6)),  # 1 May is a holiday, up to 5 May
        (date(2028, 2, 28), 1, False, date(2028, 2, 29)),  # no notice yet: 29 February 2028 is a Tuesday
    ],
)
def test_a_limit_ends_on_its_last_day(start: date, days: int, working: bool, last: date) -> None:
    assert workdays.after(start, days, working=working) == last


def test_days_between_leave_out_the_first() -> None:
    assert workdays.between(date(2026, 3, 6), date(2026, 3, 9), working=True) == 1
    assert workdays.between(date(2026, 3, 6), date(2026, 3, 9), working=False) == 3
    assert workdays.between(date(2026, 3, 9), date(2026, 3, 6), working=False) == 0
