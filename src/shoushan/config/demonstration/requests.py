"""After locking: one exception asked for, one correction agreed, and the notices that follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.ledger.moment import acting
from shoushan.returns import actions
from shoushan.returns.models import Period, Value

AT = moment(date(YEAR, 12, 2), 21)


def run(cast: Cast) -> None:
    """河西 corrects a verified figure of September; 云山 asks to enter October again; who is missing is reminded."""
    with acting(at=AT):
        # han: what the units write
        asked_because, agreed_because = "10月有一批花名册11月才收到，申请补填", "9月与人社系统重复统计3人"
        figure = Value.objects.filter(
            entry__period__year__number=YEAR,
            entry__period__month=9,
            entry__unit__code="hexi",
            indicator__key="employment.jobs",
            state="accepted",
        )[0]
        correction = actions.ask_correction(
            figure, amount=(figure.amount or Decimal(0)) - 3, reason=agreed_because, at=AT, by=cast.reporters["hexi"]
        )
        actions.agree_correction(correction, at=AT, by=cast.people["supervision"])
        october = Period.objects.select_related("year").get(year__number=YEAR, month=10)
        actions.ask_exception(
            october,
            cast.units["yunshan"],
            until=moment(date(YEAR, 12, 5), 0),
            reason=asked_because,
            at=AT,
            by=cast.reporters["yunshan"],
        )
        actions.remind_by_ladder(on=AT.date(), at=AT)
