"""The end of the year before, taken over from the statistics book: what this year's months are compared with."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from shoushan.config.demonstration.district import YEAR, Cast, moment, units_named
from shoushan.ledger.moment import acting
from shoushan.plans.models import Indicator, Share
from shoushan.returns import actions

SEED, MONTHS = 20251231, (10, 11, 12)
LESS = Decimal("0.94")  # of a twelfth of this year's share


def take_over(cast: Cast) -> None:
    """Three months of one figure, for every subdistrict."""
    dice = random.Random(SEED)  # noqa: S311 - the same year every time, nothing secret
    jobs = Indicator.objects.get(key="employment.jobs")
    shares = {
        share.unit.code: share.value for share in Share.objects.filter(goal__indicator=jobs).select_related("unit")
    }
    at = moment(date(YEAR, 3, 6))
    with acting(at=at):
        for month in MONTHS:
            for code in units_named("subdistricts"):
                amount = shares[code] / 12 * LESS * dice.randrange(93, 108) / 100
                actions.take_over(
                    YEAR - 1, month, cast.units[code], {jobs: amount.quantize(Decimal(1))},
                    source=f"{YEAR - 1}年统计台账",  # han: the book it is from
                    at=at, by=cast.people["supervision"], checked_by=cast.people["verifier"],
                )  # fmt: skip
