"""The four clocks of a period: which one runs, and which one closed."""

from __future__ import annotations

from datetime import datetime

from shoushan.core.errors import Refusal, mark
from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Period


def check_open(period: Period, unit: Unit, *, at: datetime) -> None:
    """Refuse what arrives before a period opens or once it is locked; the refusal names the clock."""
    if period.year.state != Year.State.RUNNING:
        raise Refusal(
            "return.frozen",
            mark("%(year)s is frozen for the assessment, so its figures stay as they are."),
            hint=mark("Say what is wrong in an objection to the score."),
            params={"year": period.year.number},
        )
    if at < period.opens_at:
        raise Refusal(
            "return.not_open",
            mark("%(month)s opens on %(day)s."),
            hint=mark("Come back then; nothing is due before."),
            params={"month": period.calendar_month, "day": period.opens_at},
        )
    if at >= period.locks_at and not period.exemptions.filter(unit=unit, until__gt=at).exists():
        raise Refusal(
            "return.locked",
            mark("%(month)s locked on %(day)s."),
            hint=mark("The supervision office can open an exception for your unit."),
            params={"month": period.calendar_month, "day": period.locks_at},
        )


def is_late(period: Period, *, at: datetime) -> bool:
    return at >= period.due_at
