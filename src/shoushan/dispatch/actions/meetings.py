"""A meeting's way: prepared with the agenda its rules propose, fixed, held, and its minutes confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.dispatch.models import AgendaItem, Meeting, Statement
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Goal, Year


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a rule puts on the agenda."""

    title: str
    rule: str
    goal: Goal | None = None
    unit: Unit | None = None


@transaction.atomic
def prepare(
    year: Year, month: int, *, held_on: date, place: str = "", proposed: Iterable[Proposed] = (), by: Person
) -> Meeting:
    """Set the day of a month's meeting, with what its rules propose as a first agenda."""
    if Meeting.objects.filter(year=year, month=month).exists():
        raise Refusal(
            "meeting.one_a_month",
            mark("%(month)s has its meeting already."),
            hint=mark("Open it and change its agenda."),
            params={"month": Month(year.number, month)},
        )
    meeting = Meeting.objects.create(year=year, month=month, held_on=held_on, place=place.strip(), prepared_by=by)
    ledger.record("prepared", meeting, by=by)
    for each in proposed:
        add_item(meeting, each, by=by)
    return meeting


@transaction.atomic
def add_item(meeting: Meeting, proposed: Proposed, *, by: Person) -> AgendaItem:
    """Put something at the end of the agenda."""
    meeting = _standing(meeting)
    last = meeting.items.order_by("-place").first()
    item = AgendaItem.objects.create(
        meeting=meeting, place=(last.place if last else 0) + 1, title=proposed.title.strip()[:200],
        rule=proposed.rule, goal=proposed.goal, unit=proposed.unit,
    )  # fmt: skip
    ledger.record("added", item, by=by)
    return item


@transaction.atomic
def drop_item(item: AgendaItem, *, reason: str, by: Person) -> AgendaItem:
    """Take something off the agenda; that it stood there, and why it went, stays."""
    _standing(item.meeting, only=Meeting.State.PREPARED)
    if not reason.strip():
        raise Refusal(
            "agenda.reason",
            mark("What a rule put on the agenda goes only for a reason."),
            hint=mark("Say why it need not be discussed."),
            field="reason",
        )
    return _change(item, {"dropped": reason.strip()}, "dropped", by=by, reason=reason.strip())


@transaction.atomic
def fix(meeting: Meeting, *, by: Person) -> Meeting:
    """Fix the agenda: units have read it, and the screen shows it."""
    meeting = _standing(meeting, only=Meeting.State.PREPARED)
    if not meeting.items.filter(dropped="").exists():
        raise Refusal(
            "agenda.empty",
            mark("Nothing is on the agenda."),
            hint=mark("Add what is to be discussed, or leave the meeting out this month."),
        )
    ledger.change("agenda fixed", meeting, {"state": Meeting.State.FIXED}, by=by)
    return meeting


@transaction.atomic
def state(
    item: AgendaItem, unit: Unit, text: str, *, version: int | None = None, at: datetime, by: Person
) -> Statement:
    """A unit's own words to an item, until the minutes are confirmed; the unit may change them."""
    _standing(item.meeting)
    if not text.strip():
        raise Refusal(
            "statement.empty",
            mark("The statement is empty."),
            hint=mark("Say what the difficulty is and what you need."),
            field="text",
        )
    known = Statement.objects.select_for_update().filter(item=item, unit=unit).first()
    if known is None:
        made = Statement.objects.create(item=item, unit=unit, text=text.strip(), stated_by=by, stated_at=at)
        ledger.record("stated", made, by=by)
        return made
    _check_version(known.version, version)
    new = {"text": text.strip(), "stated_by": by, "stated_at": at, "version": known.version + 1}
    ledger.change("stated", known, new, by=by)
    return known


@transaction.atomic
def note(item: AgendaItem, discussion: str, *, version: int, by: Person) -> AgendaItem:
    """Write down what was said; of two clerks the second sees what the first wrote."""
    _standing(item.meeting, only=Meeting.State.FIXED)
    return _change(item, {"discussion": discussion.strip()}, "noted", version=version, by=by)


@transaction.atomic
def confirm_minutes(meeting: Meeting, *, at: datetime, by: Person) -> Meeting:
    """Whoever chaired the meeting confirms its minutes; from then on they stand."""
    meeting = _standing(meeting, only=Meeting.State.FIXED)
    new = {"state": Meeting.State.HELD, "chaired_by": by, "confirmed_at": at}
    ledger.change("minutes confirmed", meeting, new, by=by)
    return meeting


def _standing(meeting: Meeting, *, only: str = "") -> Meeting:
    """The meeting, held; refused once its minutes are confirmed, or where it is not in the state asked for."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("year").get(pk=meeting.pk)
    if found.state == Meeting.State.HELD:
        raise Refusal(
            "meeting.held",
            mark("The minutes of this meeting are confirmed, so nothing is decided in it any more."),
            hint=mark("Open the follow-up by hand, or bring it to the next meeting."),
        )
    if only and found.state != only:
        raise Refusal(
            "meeting.state",
            mark("This meeting is “%(state)s”."),
            hint=mark("Reload the page to see what can be done with it now."),
            params={"state": found.get_state_display()},
        )
    return found


def _change(
    item: AgendaItem, new: dict[str, str], verb: str, *, version: int | None = None, reason: str = "", by: Person
) -> AgendaItem:
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    _check_version(item.version, version)
    ledger.change(verb, item, {**new, "version": item.version + 1}, by=by, reason=reason)
    return item


def _check_version(standing: int, given: int | None) -> None:
    if given is not None and given != standing:
        raise Refusal(
            "form.stale",
            mark("Somebody changed this while you wrote; saving would erase it."),
            hint=mark("Compare with what stands there now, and choose."),
        )
