"""Eleven months of returns, with believable gaps, late ones, corrections and returned ones."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.core import workdays
from shoushan.ledger.moment import acting
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Indicator, Year
from shoushan.returns import actions
from shoushan.returns.models import Period, Return, Value
from shoushan.returns.queries.asked import Asked, asked_of, units_asked
from shoushan.returns.queries.missing import last_day

SEED, LAST = 20261203, 11
NOT_YET_IN_NOVEMBER = {"hexi", "yunshan", "shitang", "tongji"}  # what waits on 3 December
NOT_LOOKED_AT = "hubin"  # whose November figure the verifier has before them
SENT_BACK = ("dongqiao", "employment.jobs")  # the November figure its reporter has yet to correct
BY_SAMPLE = range(7, 10)  # the months the verifier drew lots over, in `sampled`
NOT_YET_VERIFIED = {(10, "caizheng"), (10, "tongji")}  # what still waits of October
SLOW = {"employment.jobs": Decimal("1.02")}


def report(cast: Cast) -> None:
    """Every month opens on the 1st of the next, is due on its 5th working day and locks two working days later."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    year = Year.objects.get(number=YEAR)
    with acting(at=moment(date(YEAR, 1, 2))):
        # han: the fictional notice the rule rests on
        terms = actions.Terms(opens_day=1, due_workday=5, locks_after=2, source="首善府办发〔2026〕1号")
        periods = actions.open_year_by_rule(year, terms, by=cast.people["supervision"])
    for period in periods[:LAST]:
        for unit in units_asked(year):
            _unit_month(cast, period, unit, dice)


def _unit_month(cast: Cast, period: Period, unit: Unit, dice: random.Random) -> None:
    is_last = period.month == LAST
    luck = dice.random()
    misses = luck < 0.02 and unit.kind != Unit.Kind.DEPARTMENT  # who keeps a statutory figure misses no month
    if (is_last and unit.code in NOT_YET_IN_NOVEMBER) or (not is_last and misses):
        return
    due = last_day(period.due_at)
    # the day after a working day is still open, and the month locks on the second one
    day = date(YEAR, 12, 2) if is_last else workdays.after(due, 1, working=True) if luck > 0.95 else due
    by = cast.reporters[unit.code]
    with acting(at=moment(day, 16)):
        for asked in asked_of(period, unit):
            _enter(period, unit, asked, dice, day, by)
        entry = actions.submit(period, unit, at=moment(day, 16) + timedelta(minutes=2), by=by)
    is_looked_at = unit.code != NOT_LOOKED_AT and dice.random() < 0.5
    if period.month in BY_SAMPLE or (period.month, unit.code) in NOT_YET_VERIFIED:
        for _value in entry.values.all():
            dice.random()  # as if each had been looked at, so that the other months stay as they are
        return
    if not is_last or unit.code == SENT_BACK[0] or is_looked_at:
        _verify(cast, entry, day, dice)


def _enter(period: Period, unit: Unit, asked: Asked, dice: random.Random, day: date, by: Person) -> None:
    amount = _amount(period.month, asked, dice)
    # han: the reporter's reason
    no_data = "" if amount is not None else "季度数，核算后公布"
    actions.save_value(
        period, unit, asked.indicator, about=asked.about, amount=amount, no_data=no_data, at=moment(day, 16), by=by
    )


def _amount(month: int, asked: Asked, dice: random.Random) -> Decimal | None:
    indicator, whole = asked.indicator, asked.share.value
    wobble = Decimal(dice.randrange(90, 111)) / 100 * SLOW.get(indicator.key, Decimal(1))
    if indicator.key == "gdp":
        return None if month % 3 else _rounded(whole * Decimal("0.245") * wobble.min(Decimal("1.02")), indicator)
    if indicator.kind == Indicator.Kind.RATIO:
        return min(Decimal(100), _rounded(whole + Decimal(dice.randrange(-15, 25)) / 10, indicator))
    return _rounded(whole / 12 * wobble, indicator)


def _rounded(amount: Decimal, indicator: Indicator) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-indicator.places), ROUND_HALF_UP)


def _verify(cast: Cast, entry: Return, day: date, dice: random.Random) -> None:
    verifier = cast.people["verifier"]
    at = moment(day + timedelta(days=1), 11)
    returned: list[Value] = []
    with acting(at=at):
        for value in _waiting(entry):
            if dice.random() < 0.02 or (entry.period.month, entry.unit.code, value.indicator.key) == (LAST, *SENT_BACK):
                # han: the verifier's reason
                returned.append(actions.send_back(value, reason="与佐证不一致，请核对", at=at, by=verifier))
            else:
                actions.accept(value, at=at, by=verifier)
    # whoever is sent a November figure back has until the 8th, which has not come
    if returned and entry.period.month != LAST:
        _correct(cast, entry, returned, at)


def _waiting(entry: Return) -> Iterator[Value]:
    yield from entry.values.waiting().select_related("indicator")


def _correct(cast: Cast, entry: Return, returned: list[Value], at: object) -> None:
    """The reporter corrects within the hour, and the verifier looks again."""
    by = cast.reporters[entry.unit.code]
    later = entry.period.locks_at - timedelta(hours=2)
    with acting(at=later):
        for value in returned:
            actions.save_value(
                entry.period, entry.unit, value.indicator, about=value.unit, amount=value.amount,
                no_data=value.no_data, note="已按佐证核对", at=later, by=by,  # han: the reporter's note
            )  # fmt: skip
        actions.submit(entry.period, entry.unit, at=later, by=by)
        for value in _waiting(entry):
            actions.accept(value, at=later, by=cast.people["verifier"])
