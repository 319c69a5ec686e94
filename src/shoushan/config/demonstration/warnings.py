"""What lit in the year: the autumn months judged as they ended, one warning put off, and the year ends foretold."""

from __future__ import annotations

from datetime import date

from shoushan.config.demonstration.district import YEAR, Cast, moment
from shoushan.dispatch import actions
from shoushan.dispatch.models import Alarm
from shoushan.ledger.moment import acting
from shoushan.plans.models import Year

JUDGED = (date(YEAR, 9, 10), date(YEAR, 10, 10), date(YEAR, 11, 10), date(YEAR, 12, 3))


def light(cast: Cast) -> None:
    year = Year.objects.get(number=YEAR)
    for on in JUDGED:
        with acting(at=moment(on, 9)):
            actions.recompute(year, on=on)
    with acting(at=moment(JUDGED[-1], 9)):
        actions.foretell(year, on=JUDGED[-1])
        waits = Alarm.objects.standing().filter(rule="stage.late").first()
        if waits:
            # han: the office's reason
            reason = "等市里批复，批复后即可办结"
            actions.snooze(waits, until=date(YEAR, 12, 20), reason=reason, on=JUDGED[-1], by=cast.people["supervision"])
