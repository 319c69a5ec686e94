"""A meeting's way: prepared with the agenda its rules propose, fixed, held, and its minutes confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.core.months import Month
from shoushan.dispatch.models import AgendaItem, Meeting, MinutesCorrection, Statement
from shoushan.evidence.actions import check_second_person
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
def move_item(item: AgendaItem, *, up: bool, by: Person) -> AgendaItem:
    """Let an item change places with the one before or after it; at the end it stays where it is."""
    meeting = _standing(item.meeting, only=Meeting.State.PREPARED)
    standing = list(meeting.items.select_for_update().filter(dropped=""))
    here = standing.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(standing):
        return item
    standing[here], standing[there] = standing[there], standing[here]
    places = sorted(each.place for each in standing)
    for each, place in zip(standing, places, strict=True):
        if each.place != place:
            ledger.change("moved", each, {"place": place}, by=by)
    return item


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
    """Write down what was said; of two clerks the second sees what the first wrote.

    A text that contains all that stands there loses nothing, so it is taken from whatever version it was written.
    """
    _standing(item.meeting, only=Meeting.State.FIXED)
    standing = AgendaItem.objects.select_for_update().get(pk=item.pk)
    text = "\n".join(discussion.strip().splitlines())  # a browser ends lines in its own way
    if standing.discussion and standing.discussion in text:
        version = standing.version
    return _change(item, {"discussion": text}, "noted", version=version, by=by)


@transaction.atomic
def confirm_minutes(meeting: Meeting, *, at: datetime, by: Person) -> Meeting:
    """Whoever chaired the meeting confirms its minutes; from then on they stand."""
    meeting = _standing(meeting, only=Meeting.State.FIXED)
    new = {"state": Meeting.State.HELD, "chaired_by": by, "confirmed_at": at}
    ledger.change("minutes confirmed", meeting, new, by=by)
    return meeting


@transaction.atomic
def correct_minutes(item: AgendaItem, text: str, *, reason: str, at: datetime, by: Person) -> MinutesCorrection:
    """Propose a later version of what confirmed minutes say; the first text stays where it is."""
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    if meeting.state != Meeting.State.HELD:
        raise Refusal(
            "minutes.open",
            mark("The minutes are not confirmed yet, so there is nothing to correct."),
            hint=mark("Change what was said on the screen of the meeting."),
        )
    for field, given in (("text", text), ("reason", reason)):
        if not given.strip():
            raise Refusal(
                "minutes.empty",
                mark("A correction says what should stand there, and why."),
                hint=mark("Write both; the first text stays beside it."),
                field=field,
            )
    if item.corrections.filter(confirmed_at__isnull=True).exists():
        raise Refusal(
            "minutes.waits",
            mark("A correction of this item waits for the chair already."),
            hint=mark("Ask the chair to confirm it first."),
        )
    made = MinutesCorrection.objects.create(
        item=item, text=text.strip(), reason=reason.strip(), written_by=by, written_at=at
    )
    ledger.record("proposed", made, by=by, reason=reason.strip())
    return made


@transaction.atomic
def confirm_correction(correction: MinutesCorrection, *, at: datetime, by: Person) -> MinutesCorrection:
    """The chair confirms it: from then on the minutes carry it, under its number."""
    found = MinutesCorrection.objects.select_for_update(of=("self",)).select_related("written_by").get(pk=correction.pk)
    if found.confirmed_at is not None:
        raise Refusal(
            "minutes.confirmed",
            mark("This correction is confirmed already."),
            hint=mark("Reload the page to see it."),
        )
    check_second_person(found.written_by, by)
    ledger.change("confirmed", found, {"confirmed_by": by, "confirmed_at": at}, by=by)
    return found


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
