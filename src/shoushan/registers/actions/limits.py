"""Limits that stand still for a while, or run longer: both with a reason, and never after they have passed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.evidence.actions import check_second_person
from shoushan.ledger import actions as ledger
from shoushan.ledger import moment
from shoushan.orgs.models import Person
from shoushan.registers.actions.records import keep_derived, locked
from shoushan.registers.clocks import Running, running_of
from shoushan.registers.lines import line_of
from shoushan.registers.models import Extension, Pause, Record


@transaction.atomic
def pause(record: Record, clock: str, *, since: date, reason: str, today: date, by: Person) -> Pause:
    """A limit stands still from a day on, for a reason the law knows; told as a fact with its date."""
    record = locked(record)
    limit = _open(record, clock)
    _need_reason(reason)
    if limit.paused is not None:
        raise Refusal(
            "clock.paused",
            mark("This limit stands still since %(day)s."),
            hint=mark("Let it run again first."),
            params={"day": limit.paused.from_on},
        )
    if not limit.started_on <= since <= today or limit.is_late(since):
        raise Refusal(
            "clock.pause_day",
            mark("A pause begins while the limit runs, from %(start)s to today."),
            hint=mark("Correct the day; what is over cannot stand still any more."),
            params={"start": limit.started_on},
            field="on",
        )
    made = Pause.objects.create(
        line=record.line_key, record_id=record.pk, clock=clock, from_on=since, reason=reason.strip(),
        entered_by=by, entered_at=moment.current().at,
    )  # fmt: skip
    ledger.record("paused", made, by=by, reason=reason.strip())
    keep_derived(record)
    return made


@transaction.atomic
def resume(record: Record, clock: str, *, last: date, today: date, by: Person) -> Pause:
    """The limit runs again from the day after ``last``, which is the last day it stood still."""
    record = locked(record)
    limit = _open(record, clock)
    if limit.paused is None:
        raise Refusal(
            "clock.running", mark("This limit is running."), hint=mark("Somebody may have started it; reload the page.")
        )
    found = limit.paused
    if not found.from_on <= last <= today:
        raise Refusal(
            "clock.pause_day",
            mark("The pause began on %(start)s and ends today at the latest."),
            hint=mark("Correct the day."),
            params={"start": found.from_on},
            field="on",
        )
    before = {"to_on": found.to_on}
    found.to_on = last
    found.save(update_fields=["to_on"])
    ledger.record("resumed", found, by=by, before=before)
    keep_derived(record)
    return found


@transaction.atomic
def ask_longer(record: Record, clock: str, *, days: int, reason: str, today: date, by: Person) -> Extension:
    """Ask for a longer limit: once, before it ends, and no longer than the rule allows."""
    record = locked(record)
    limit = _open(record, clock)
    _need_reason(reason)
    if limit.due_on is not None and today > limit.due_on:
        raise Refusal(
            "clock.passed",
            mark("This limit ended on %(day)s; only one that still runs is extended."),
            hint=mark("Answer now; the delay stays visible with its reason."),
            params={"day": limit.due_on},
        )
    last = limit.ask_until
    if last is not None and today > last:
        raise Refusal(
            "clock.asked_late",
            mark("A longer limit had to be asked for by %(day)s, %(days)s working days before its end."),
            hint=mark("The limit stays as it is (%(clause)s)."),
            params={"day": last, "days": limit.clock.ask_before, "clause": limit.clock.clause},
        )
    if limit.extension is not None:
        raise Refusal(
            "clock.once",
            mark("An extension of this limit was asked for already."),
            hint=mark("It can be extended once."),
        )
    if not 0 < days <= limit.clock.more:
        raise Refusal(
            "clock.too_long",
            mark("This limit can be extended by %(most)s days at most (%(clause)s)."),
            hint=mark("Ask for fewer days."),
            params={"most": limit.clock.more, "clause": limit.clock.clause},
            field="days",
        )
    made = Extension.objects.create(
        line=record.line_key, record_id=record.pk, clock=clock, days=days, reason=reason.strip(),
        asked_by=by, asked_at=moment.current().at,
    )  # fmt: skip
    ledger.record("asked", made, by=by, reason=reason.strip())
    return made


@transaction.atomic
def decide_longer(extension: Extension, *, approve: bool, reason: str = "", record: Record, by: Person) -> Extension:
    """Another person approves an extension or refuses it."""
    record = locked(record)
    found: Extension = Extension.objects.select_for_update().select_related("asked_by").get(pk=extension.pk)
    if found.state != Extension.State.ASKED:
        raise Refusal(
            "clock.decided",
            mark("This extension has been decided already."),
            hint=mark("Reload the page to see how."),
        )
    check_second_person(found.asked_by, by)
    if not approve:
        _need_reason(reason)
    before = {"state": found.state, "decided_by": found.decided_by_id, "decided_at": found.decided_at}
    found.state = Extension.State.APPROVED if approve else Extension.State.REFUSED
    found.decided_by, found.decided_at = by, moment.current().at
    found.save(update_fields=["state", "decided_by", "decided_at"])
    ledger.record(found.state, found, by=by, before=before, reason=reason.strip())
    keep_derived(record)
    return found


def _open(record: Record, clock: str) -> Running:
    """The limit of a key that has begun and has not ended."""
    for limit in running_of(line_of(record), record):
        if limit.clock.key == clock and limit.ended_on is None:
            return limit
    raise Refusal(
        "clock.not_running",
        mark("This limit does not run for this record."),
        hint=mark("Reload the page to see which do."),
    )


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refusal(
            "clock.reason",
            mark("A limit is changed for a reason only."),
            hint=mark("Say in a sentence why, and by which rule."),
            field="reason",
        )
