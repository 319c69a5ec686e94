"""The four clocks of a period: how they follow from the calendar, which one runs, and which one closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.orgs.models import Unit
from shoushan.plans.models import Year
from shoushan.returns.models import ClockRule, Period

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clocks:
    """When a month opens, is due and locks; provisional while the year's holidays are not announced."""

    month: Month
    opens_at: datetime
    due_at: datetime
    locks_at: datetime
    is_provisional: bool


def clocks_of(month: Month, rule: ClockRule) -> Clocks:
    """A month's clocks by the rule: it opens in the month after, and the last day counts to its 24:00."""
    following = month.next()
    due = workdays.numbered(following.first_day, rule.due_workday)
    locks = workdays.after(due, rule.locks_after, working=True)
    return Clocks(
        month=month,
        opens_at=_midnight(following.first_day.replace(day=rule.opens_day)),
        due_at=_midnight(due + ONE),
        locks_at=_midnight(locks + ONE),
        is_provisional=not (workdays.has_notice(following.year) and workdays.has_notice(locks.year)),
    )


def _midnight(day: date) -> datetime:
    """The beginning of a day in the district, whatever zone the reader or the server is in."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def check_open(period: Period, unit: Unit, *, at: datetime) -> None:
    """Refuse what arrives before a period opens or once it is locked; the refusal names the clock."""
    check_running(period.year)
    check_stands(unit, at=at)
    if at < period.opens_at:
        raise Refusal(
            "return.not_open",
            mark("%(month)s opens on %(day)s."),
            hint=mark("Come back then; nothing is due before."),
            params={"month": period.calendar_month, "day": period.opens_at},
        )
    if is_locked(period, unit, at=at):
        raise Refusal(
            "return.locked",
            mark("%(month)s locked on %(day)s."),
            hint=mark("Ask the supervision office for an exception on the month's page; say why and until when."),
            params={"month": period.calendar_month, "day": period.locks_at},
        )


def check_running(year: Year) -> None:
    """Refuse whatever would move a year whose figures stay as they are."""
    if year.state != Year.State.RUNNING:
        raise Refusal(
            "return.frozen",
            mark("%(year)s is frozen for the assessment, so its figures stay as they are."),
            hint=mark("Say what is wrong in an objection to the score."),
            params={"year": year.number},
        )


def is_locked(period: Period, unit: Unit, *, at: datetime) -> bool:
    """Whether the month has locked for a unit that has no exception."""
    return at >= period.locks_at and not period.exemptions.filter(unit=unit, until__gt=at).exists()


def check_stands(unit: Unit, *, at: datetime) -> None:
    """Refuse what arrives for a unit that has been merged into another; the refusal names the successor."""
    if unit.to_on is None or timezone.localdate(at, timezone.get_default_timezone()) <= unit.to_on:
        return
    successor = unit.successor
    if successor is None:
        raise Refusal(
            "unit.dissolved",
            mark("%(unit)s ended on %(day)s, so it takes no more figures."),
            hint=mark("What was entered stays. Ask the supervision office who carries it on."),
            params={"unit": unit.name, "day": unit.to_on},
        )
    raise Refusal(
        "unit.merged",
        mark("%(unit)s was merged into %(successor)s on %(day)s, so it takes no more figures."),
        hint=mark(
            "What was entered stays. The supervision office moves it to %(successor)s on this month's page;"
            " the reporter of %(successor)s submits it."
        ),
        params={"unit": unit.name, "successor": successor.name, "day": unit.to_on},
    )


def is_late(period: Period, *, at: datetime) -> bool:
    return at >= period.due_at
