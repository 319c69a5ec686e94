"""Calendar months as values: ``2026-11``."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month of one year.

    >>> str(Month(2026, 11).last_day)
    '2026-11-30'
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def read(cls, written: str) -> Month:
        """Read ``2026-11``; anything else is a ValueError."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"not a month: {written!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def index(self) -> int:
        """The months one after another: what lies between two of them is their difference."""
        return self.year * 12 + self.month

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Month:
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last one of a shorter month.

    >>> months_after(date(2025, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    then = Month(year, month + 1)
    return then.first_day.replace(day=min(day.day, then.last_day.day))
