"""A follow-up's way: opened, reported by who does it, closed on evidence by the supervision office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from shoushan.core.errors import Refusal, mark
from shoushan.dispatch.models import AgendaItem, Alarm, Extension, FollowUp, Meeting
from shoushan.evidence.actions import check_second_person
from shoushan.evidence.models import Evidence
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Post, Unit
from shoushan.plans.models import Goal


@dataclass(frozen=True, slots=True)
class Order:
    """What a follow-up order says (督办单): who does what by when, and how it will be known."""

    what: str
    how_known: str
    unit: Unit
    due_on: date
    owner: Post | None = None
    role: str = ""  # of whose post it is, where the owner is named by role: whoever holds it that day
    goal: Goal | None = None
    item: AgendaItem | None = None
    alarm: Alarm | None = None


@transaction.atomic
def open_follow_up(order: Order, *, at: datetime, by: Person) -> FollowUp:
    """Order something of a unit; how it will be known is part of the order."""
    if not order.how_known.strip():
        raise Refusal(
            "follow_up.how_known",
            mark("The order does not say how it will be known that it is done."),
            hint=mark("Name the paper, the photograph or the figure that will show it."),
            field="how_known",
        )
    if order.due_on < timezone.localdate(at):
        raise Refusal(
            "follow_up.past_day",
            mark("%(day)s has passed, so nobody could keep it."),
            hint=mark("Give a day that is still to come."),
            params={"day": order.due_on},
            field="due_on",
        )
    owner = order.owner or (_holder(order, on=timezone.localdate(at)) if order.role else None)
    if owner is not None and not owner.unit.path.startswith(order.unit.path):
        raise Refusal(
            "follow_up.owner",
            mark("%(owner)s is no post of %(unit)s."),
            hint=mark("Choose a post of the unit that owes it, or leave it to the unit."),
            params={"owner": str(owner), "unit": order.unit.name},
            field="owner",
        )
    if order.item is not None and _is_held(order.item):
        raise Refusal(
            "meeting.held",
            mark("The minutes of this meeting are confirmed, so nothing is decided in it any more."),
            hint=mark("Open the follow-up by hand, or bring it to the next meeting."),
        )
    follow_up = FollowUp.objects.create(
        what=order.what.strip(), how_known=order.how_known.strip(), unit=order.unit, owner=owner,
        goal=order.goal, item=order.item, alarm=order.alarm, due_on=order.due_on, first_due_on=order.due_on,
        opened_by=by, opened_at=at,
    )  # fmt: skip
    ledger.record("opened", follow_up, by=by)
    return follow_up


def _holder(order: Order, *, on: date) -> Post:
    """Who holds the post of a role at the unit; refused where nobody does."""
    held = Post.objects.held(on=on).filter(unit=order.unit, role=order.role).order_by("line", "pk").first()
    if held is None:
        raise Refusal(
            "follow_up.vacant",
            mark("Nobody holds the post “%(role)s” at %(unit)s."),
            hint=mark("Leave it to the unit; its head sees it."),
            params={"role": Post.Role(order.role).label, "unit": order.unit.name},
            field="role",
        )
    return held


def _is_held(item: AgendaItem) -> bool:
    """Whether the minutes are confirmed; the meeting is held meanwhile, so that they cannot be just now."""
    return Meeting.objects.select_for_update().get(pk=item.meeting_id).state == Meeting.State.HELD


@transaction.atomic
def report(follow_up: FollowUp, words: str, *, at: datetime, by: Person) -> FollowUp:
    """Say that it is done; the supervision office looks at the evidence and closes it."""
    found = _locked(follow_up, FollowUp.State.OPEN)
    if not words.strip():
        raise Refusal(
            "follow_up.report",
            mark("The report is empty."),
            hint=mark("Say in a sentence what was done, and put the evidence beside it."),
            field="report",
        )
    new = {
        "state": FollowUp.State.REPORTED,
        "report": words.strip(),
        "reported_by": by,
        "reported_at": at,
        "reason": "",
    }
    ledger.change("reported", found, new, by=by)
    return found


@transaction.atomic
def close(follow_up: FollowUp, *, at: datetime, by: Person) -> FollowUp:
    """Close it on its evidence; whoever reported it done cannot."""
    found = _locked(follow_up, FollowUp.State.REPORTED)
    if found.reported_by is not None:
        check_second_person(found.reported_by, by)
    if not Evidence.objects.about(found).standing().exists():
        raise Refusal(
            "follow_up.evidence",
            mark("No evidence stands beside it: “%(how)s”."),
            hint=mark("Ask the unit for it, or send it back with a reason."),
            params={"how": found.how_known},
        )
    new = {"state": FollowUp.State.CLOSED, "closed_by": by, "closed_at": at}
    ledger.change("closed", found, new, by=by)
    return found


@transaction.atomic
def send_back(follow_up: FollowUp, *, reason: str, by: Person) -> FollowUp:
    """Not done yet, for a reason that stays in its history."""
    found = _locked(follow_up, FollowUp.State.REPORTED)
    if not reason.strip():
        raise Refusal(
            "verification.reason",
            mark("Sending back needs a reason."),
            hint=mark("Say in a sentence what is missing or wrong."),
            field="reason",
        )
    new = {"state": FollowUp.State.OPEN, "reason": reason.strip()}
    ledger.change("sent back", found, new, by=by, reason=reason.strip())
    return found


@transaction.atomic
def ask_extension(follow_up: FollowUp, *, until: date, reason: str, at: datetime, by: Person) -> Extension:
    """Ask for more time, before the day has passed."""
    found = _locked(follow_up, FollowUp.State.OPEN)
    if timezone.localdate(at) > found.due_on:
        raise Refusal(
            "extension.too_late",
            mark("It was due on %(day)s; more time is asked for before the day and not after it."),
            hint=mark("Report what is done so far, and say at the meeting what is missing."),
            params={"day": found.due_on},
            field="until",
        )
    if until <= found.due_on:
        raise Refusal(
            "extension.not_later",
            mark("%(day)s is not later than the day it is due."),
            hint=mark("Choose a later day."),
            params={"day": until},
            field="until",
        )
    if not reason.strip():
        raise Refusal(
            "extension.reason",
            mark("More time needs a reason."),
            hint=mark("Say what has come in between."),
            field="reason",
        )
    if found.extensions.filter(state=Extension.State.ASKED).exists():
        raise Refusal(
            "extension.asked",
            mark("More time has been asked for already and is not answered yet."),
            hint=mark("Wait for the supervision office's answer."),
        )
    extension = Extension.objects.create(follow_up=found, until=until, reason=reason.strip(), asked_by=by, asked_at=at)
    ledger.record("asked", extension, by=by, reason=reason.strip())
    return extension


@transaction.atomic
def answer_extension(extension: Extension, *, granted: bool, answer: str = "", by: Person) -> Extension:
    """Grant or decline it; the first day stays visible."""
    extension = Extension.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=extension.pk)
    if extension.state != Extension.State.ASKED:
        raise Refusal(
            "extension.answered",
            mark("This has been answered already."),
            hint=mark("Reload the page to see the answer."),
        )
    check_second_person(extension.asked_by, by)
    state = Extension.State.GRANTED if granted else Extension.State.DECLINED
    new = {"state": state, "decided_by": by, "answer": answer.strip()}
    ledger.change(state, extension, new, by=by, reason=answer.strip())
    if granted:
        found = _locked(extension.follow_up, FollowUp.State.OPEN)
        ledger.change("extended", found, {"due_on": extension.until}, by=by, reason=extension.reason)
    return extension


def _locked(follow_up: FollowUp, state: str) -> FollowUp:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("reported_by", "unit").get(pk=follow_up.pk)
    if found.state != state:
        raise Refusal(
            "follow_up.state",
            mark("It is “%(state)s” by now."),
            hint=mark("Somebody acted on it meanwhile; reload the page."),
            params={"state": found.get_state_display()},
        )
    return found
