"""Warnings computed anew from the facts, and put off by a person with a reason; nobody switches one off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.dispatch.models import Alarm
from shoushan.dispatch.queries.facts import facts_of
from shoushan.dispatch.rules import Cause, Finding, book, causes
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year

# longer than this a warning is not put off but dealt with: our own choice of 2026-11-26
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of it: how many lit, changed, ended, and stand."""

    lit: int
    changed: int
    ended: int
    standing: int


@transaction.atomic
def recompute(year: Year, *, on: date, by: Person | None = None) -> Recomputed:
    """Judge a year's last month that is over by the rules of that month; doing it twice changes nothing."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    month = year.months_over(on)
    standing = {it.cause: it for it in Alarm.objects.select_for_update().filter(year=year).standing()}
    if not month or any(it.month > month for it in standing.values()):
        # a month that is behind us keeps its colours
        return Recomputed(0, 0, 0, len(standing))
    found = causes(facts_of(year, on=on), book(), Month(year.number, month).last_day)
    new = [_lit(year, cause, month, on) for key, cause in found.items() if cause.is_lit and key not in standing]
    Alarm.objects.bulk_create(new)
    ledger.record_new(("lit", new), by=by)
    kept = {key: _kept(alarm, found.get(key)) for key, alarm in standing.items()}
    changed = [_change(standing[key], it, month, by) for key, it in kept.items() if it]
    ended = [_end(standing[key], month, on, by) for key, it in kept.items() if not it]
    return Recomputed(len(new), sum(changed), len(ended), len(standing) + len(new) - len(ended))


def _lit(year: Year, cause: Cause, month: int, on: date) -> Alarm:
    worst = cause.findings[0]
    said = [it.plain() for it in cause.findings if it.light in ("red", "yellow")]
    return Alarm(
        year=year,
        cause=cause.key,
        unit_id=worst.unit,
        goal_id=worst.goal,
        rule=worst.rule.key,
        rule_since=worst.rule.since,
        light=worst.light,
        month=month,
        months={str(month): worst.light},
        said=said,
        lit_on=on,
    )


def _kept(alarm: Alarm, cause: Cause | None) -> list[Finding]:
    """What keeps an alarm alight: whatever is lit, or else what it was lit for and cannot be judged now."""
    if cause is None:
        return []
    if cause.is_lit:
        return [it for it in cause.findings if it.light in ("red", "yellow")]
    about = {each["title"] for each in alarm.said}
    return [it for it in cause.findings if it.title in about]


def _change(alarm: Alarm, findings: list[Finding], month: int, by: Person | None) -> bool:
    worst = findings[0]
    new: dict[str, Any] = {
        "goal_id": worst.goal,
        "rule": worst.rule.key,
        "rule_since": worst.rule.since,
        "light": worst.light,
        "month": month,
        "months": alarm.judged(worst.light, month),
        "said": [it.plain() for it in findings],
    }
    if all(getattr(alarm, name) == value for name, value in new.items()):
        return False
    _save(alarm, new, "judged", by)
    return True


def _end(alarm: Alarm, month: int, on: date, by: Person | None) -> Alarm:
    """The facts have changed: it is over, and the months keep the colours they had."""
    return _save(alarm, {"ended_on": max(on, alarm.lit_on), "ended_month": month}, "ended", by)


@transaction.atomic
def snooze(alarm: Alarm, *, until: date, reason: str, on: date, by: Person) -> Alarm:
    """Put a warning off until a day, with a reason; its colour stays as it is."""
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.ended_on is not None:
        raise Refusal(
            "alarm.ended",
            mark("This warning has ended; there is nothing to put off."),
            hint=mark("It lights again by itself where the facts ask for it."),
        )
    if not reason.strip():
        raise Refusal(
            "alarm.no_reason",
            mark("Putting a warning off needs a reason."),
            hint=mark("Say in a sentence what is awaited."),
            field="reason",
        )
    if not on < until <= on + timedelta(days=MOST_DAYS):
        raise Refusal(
            "alarm.too_long",
            mark("A warning is put off until a day from tomorrow, %(days)s days ahead at most."),
            hint=mark("Choose an earlier day; it can be put off again with a new reason."),
            params={"days": MOST_DAYS},
            field="until",
        )
    new = {"snoozed_until": until, "snoozed_by": by, "snooze_reason": reason.strip()}
    return _save(alarm, new, "put_off", by, reason=reason.strip())


@transaction.atomic
def wake(alarm: Alarm, *, by: Person) -> Alarm:
    """Take back that a warning was put off."""
    alarm = Alarm.objects.select_for_update().get(pk=alarm.pk)
    if alarm.snoozed_until is None:
        return alarm
    return _save(alarm, {"snoozed_until": None, "snoozed_by": None, "snooze_reason": ""}, "taken_up", by)


def _save(alarm: Alarm, new: dict[str, Any], verb: str, by: Person | None, reason: str = "") -> Alarm:
    ledger.change(verb, alarm, new, by=by, reason=reason)
    return alarm
