"""Two years before this one, so that a year end can be forecast: what units reported then.

The months are written in bulk and not by the pages' actions, since what is over has no clocks to keep; every row is in
the ledger. The last of them was assessed to its end (`assessed`).
"""

from __future__ import annotations

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shoushan.config.demonstration import assessed
from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.core.months import Month
from shoushan.dispatch import actions as dispatch
from shoushan.ledger import actions as ledger
from shoushan.ledger.moment import acting
from shoushan.plans import actions as plans
from shoushan.plans.models import Indicator, Share, Year
from shoushan.returns.models import Period, Return, Value

SEED = 20251231
# a year's part of the present share, and each month's part of a year: slow in February, busy at quarters' ends
GROWN = {YEAR - 2: Decimal("0.88"), YEAR - 1: Decimal("0.94")}
SHAPE = (85, 60, 110, 95, 95, 115, 95, 95, 115, 95, 100, 140)
# when the year before was looked at, so that its forecasts can be compared with what came
LOOKED_AT = ((YEAR - 1, 4), (YEAR - 1, 7), (YEAR - 1, 10))
KEYS = ("employment.jobs",)


def remember(cast: Cast) -> None:
    """The years before, each month submitted and verified, and what their months said of their ends."""
    dice = random.Random(SEED)  # noqa: S311 - the same years every time, nothing secret
    shares = list(Share.objects.filter(goal__indicator__key__in=KEYS).select_related("unit", "goal__indicator"))
    for number in GROWN:
        _year(cast, number, shares, dice)
    for number, month in LOOKED_AT:
        day = date(number, month, 9)
        with acting(at=moment(day)):
            dispatch.foretell(Year.objects.get(number=number), on=day, by=None)


def _year(cast: Cast, number: int, shares: list[Share], dice: random.Random) -> None:
    with acting(at=moment(date(number, 1, 2))):
        year = plans.open_year(number, by=cast.people["supervision"])
    if number == YEAR - 1:
        assessed.promise(cast, year)
    with acting(at=moment(date(number, 3, 20))):
        periods = [_period(year, month) for month in range(1, 13)]
        Period.objects.bulk_create(periods)
        ledger.record_new(("opened", periods), by=cast.people["supervision"])
    with acting(at=moment(date(number + 1, 1, 10))):
        entries = [_entry(cast, period, share) for period in periods for share in shares]
        Return.objects.bulk_create(entries)
        values = [_value(cast, entry, share, dice) for entry, share in zip(entries, shares * 12, strict=True)]
        Value.objects.bulk_create(values)
        ledger.record_new(("submitted", entries), ("accepted", values), by=cast.people["verifier"])
    if number == YEAR - 1:
        assessed.ask(cast, year)
        assessed.finish(cast, year)
    with acting(at=moment(date(number + 1, 2, 20))):
        plans.close_year(year, by=cast.people["assessment"])


def _period(year: Year, month: int) -> Period:
    following = Month(year.number, month).next().first_day
    return Period(
        year=year, month=month, opens_at=moment(date(year.number, month, 25), 0),
        due_at=moment(following.replace(day=6), 0), locks_at=moment(following.replace(day=9), 0),
    )  # fmt: skip


def _entry(cast: Cast, period: Period, share: Share) -> Return:
    by = cast.reporters[share.unit.code]
    return Return(period=period, unit=share.unit, submitted_at=period.due_at, submitted_by=by)


def _value(cast: Cast, entry: Return, share: Share, dice: random.Random) -> Value:
    indicator = share.goal.indicator
    assert indicator is not None  # noqa: S101 - only shares of the chosen indicators come here
    part = share.value * GROWN[entry.period.year.number] * SHAPE[entry.period.month - 1] / sum(SHAPE)
    return Value(
        entry=entry, indicator=indicator, unit=share.unit, amount=_rounded(part * _wobble(dice), indicator),
        state=Value.State.ACCEPTED, entered_by=cast.reporters[share.unit.code], entered_at=entry.period.opens_at,
        decided_by=cast.people["verifier"], decided_at=entry.period.due_at,
    )  # fmt: skip


def _wobble(dice: random.Random) -> Decimal:
    return Decimal(dice.randrange(88, 113)) / 100


def _rounded(amount: Decimal, indicator: Indicator) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-indicator.places), ROUND_HALF_UP)
