"""What the rules look at, as plain values: nothing here knows a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """One unit's part of one goal: its months as reported, what is due, and what the year asks for.

    ``group`` is what a shortfall is caused by together: the register that counts it, or the indicator itself.
    """

    unit: int
    goal: int
    title: str
    indicator: str
    group: str
    measure: str
    month: int
    whole: Decimal
    months: Mapping[int, Decimal] = field(default_factory=dict)
    dues: Mapping[int, Decimal] = field(default_factory=dict)
    adds_up: bool = True
    is_limit: bool = False
    is_over: bool = False
    is_typed: bool = True
    url: str = ""

    @property
    def due(self) -> Decimal | None:
        """What the schedule asks for by the end of the month; None before its first point."""
        points = [month for month in self.dues if month <= self.month]
        return self.dues[max(points)] if points else None

    def done(self, month: int | None = None) -> Decimal | None:
        """The figure to date."""
        known = {number: amount for number, amount in self.months.items() if number <= (month or self.month)}
        if not known:
            return None
        return sum(known.values(), Decimal(0)) if self.adds_up else known[max(known)]


@dataclass(frozen=True, slots=True)
class Claim:
    """One typed figure of one month: how large a part of the year, what stands beside it, how often it came back."""

    unit: int
    indicator: str
    title: str
    measure: str
    month: int
    amount: Decimal | None
    whole: Decimal | None
    files: int = 0
    returned: int = 0
    adds_up: bool = True
    url: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """A unit's records of one register that are past a limit."""

    unit: int
    register: str
    title: str
    count: int
    first_due: date
    days: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reuse:
    """One file, or one picture stored anew, that stands beside several things of one unit or of several."""

    unit: int
    hash: str
    name: str
    things: int
    is_alike: bool = False  # not one file, but files that look the same
    url: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known of a month."""

    progress: Sequence[Progress] = ()
    claims: Sequence[Claim] = ()
    late: Sequence[Late] = ()
    reuses: Sequence[Reuse] = ()
