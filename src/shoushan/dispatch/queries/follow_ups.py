"""Who owes what, who owes it today, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from shoushan.dispatch.escalation import Rung, rung
from shoushan.dispatch.models import AgendaItem, Extension, FollowUp, Meeting, MinutesCorrection
from shoushan.dispatch.models.follow_ups import FollowUpQuerySet
from shoushan.orgs.models import Person, Post, Unit
from shoushan.web.today import WAIT, Task

DOERS = (Post.Role.HEAD, Post.Role.OFFICER, Post.Role.REPORTER)
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Owed:
    """One follow-up on a day: whether it is late, where it stands on the ladder, and who holds its post by now."""

    follow_up: FollowUp
    is_overdue: bool
    rung: Rung | None
    owner: Post | None
    has_left: bool  # whoever it was given to holds the post no more


STATES = {
    "": _("All"),
    "open": _("Under way"),
    "overdue": _("Past its day"),
    "reported": _("Reported done"),
    "closed": _("Done and closed"),
}
ORIGINS = {
    "meeting": _("a meeting's decision"),
    "warning": _("a warning"),
    "goal": _("a goal"),
    "hand": _("by hand"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for, and what it may ask for."""

    state: str
    unit: str
    origin: str
    units: list[Unit]
    states: dict[str, Any]
    origins: dict[str, Any]


def filters(person: Person, asked_for: Mapping[str, str]) -> Filters:
    """The address's words where they are known; unknown ones are left out."""
    state, origin = asked_for.get("state", ""), asked_for.get("from", "")
    with_some = Unit.objects.filter(pk__in=FollowUp.objects.visible_to(person).order_by().values("unit_id"))
    return Filters(
        state=state if state in STATES else "",
        unit=asked_for.get("unit", ""),
        origin=origin if origin in ORIGINS else "",
        units=list(with_some.in_tree_order()),
        states=STATES,
        origins=ORIGINS,
    )


def follow_ups(person: Person, wanted: Filters, *, on: date) -> FollowUpQuerySet:
    """Follow-ups a person sees, as the address filters them, what falls due first at the top."""
    found = FollowUp.objects.visible_to(person).select_related("unit", "owner__person", "owner__unit", "goal")
    if wanted.state == "overdue":
        found = found.overdue(on=on)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.origin:
        found = found.from_origin(wanted.origin)
    return found.filter(unit__code=wanted.unit) if wanted.unit else found


def owed(some: Iterable[FollowUp], *, on: date) -> list[Owed]:
    """Each with its place on the ladder; two questions however many."""
    rows = list(some)
    units = {it.owner.unit_id for it in rows if it.owner}
    held = Post.objects.held(on=on).filter(unit__in=units).select_related("person", "unit").order_by("pk")
    now = {(post.unit_id, post.role, post.line): post for post in held}
    return [_owed(it, now, on=on) for it in rows]


def _owed(follow_up: FollowUp, now: dict[tuple[int, str, str], Post], *, on: date) -> Owed:
    given = follow_up.owner
    owner = now.get((given.unit_id, given.role, given.line)) if given else None
    has_left = given is not None and given.to_on is not None and given.to_on < on
    late = follow_up.is_overdue(on=on)
    return Owed(
        follow_up, late, rung(follow_up.due_on, on=on) if late else None, owner if has_left else given, has_left
    )


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """What a person does, answers or closes; the same questions however many."""
    units = person.units_as(*DOERS)
    if units:
        mine = FollowUp.objects.filter(unit__in=units, state=FollowUp.State.OPEN, due_on__lte=on + SOON)
        for it in mine.select_related("unit"):
            yield Task(it.what, it.get_absolute_url(), due=it.due_on, unit=it.unit.name, kind=gettext("Follow-up"))
        yield from _to_state(person, on)
    if person.has_perm("dispatch.supervise"):
        for it in FollowUp.objects.filter(state=FollowUp.State.REPORTED).exclude(reported_by=person):
            title = gettext("Close or send back: %(what)s") % {"what": it.what}
            yield Task(title, it.get_absolute_url(), due=it.due_on, kind=gettext("Follow-up"))
        asked = Extension.objects.filter(state=Extension.State.ASKED).select_related("follow_up__unit")
        for each in asked:
            title = gettext("Answer: more time for “%(what)s”") % {"what": each.follow_up.what}
            yield Task(title, each.follow_up.get_absolute_url(), due=each.follow_up.due_on, kind=gettext("Follow-up"))
        yield from _climbed(on)
    elif units:
        for it in FollowUp.objects.filter(unit__in=units, state=FollowUp.State.REPORTED):
            yield Task(it.what, it.get_absolute_url(), due=it.due_on, urgency=WAIT, kind=gettext("Follow-up"))
    if person.has_perm("dispatch.chair"):
        for meeting in Meeting.objects.filter(state=Meeting.State.FIXED).select_related("year"):
            title = gettext("Hold the dispatch meeting, then confirm its minutes")
            yield Task(title, meeting.get_absolute_url(), due=meeting.held_on, kind=gettext("Meeting"))
        waits = MinutesCorrection.objects.filter(confirmed_at__isnull=True).exclude(written_by=person)
        for correction in waits.select_related("item__meeting__year"):
            title = gettext("Confirm the correction of the minutes: %(title)s") % {"title": correction.item.title}
            address = f"{correction.item.meeting.get_absolute_url()}#i{correction.item_id}"
            yield Task(title, address, kind=gettext("Meeting"))


def falling_due(person: Person, on: date) -> Iterable[Task]:
    """For the calendar: every day a unit of this person has promised; for the supervision office every unit's."""
    found = FollowUp.objects.filter(state=FollowUp.State.OPEN).select_related("unit")
    if person.has_perm("dispatch.supervise"):
        for it in found:
            words = {"unit": it.unit.name, "what": it.what}
            yield Task(gettext("%(unit)s: %(what)s") % words, it.get_absolute_url(), due=it.due_on)
    elif units := person.units_as(*DOERS):
        for it in found.filter(unit__in=units):
            yield Task(it.what, it.get_absolute_url(), due=it.due_on)


def _climbed(on: date) -> Iterable[Task]:
    """What reached the supervision office by being late, and what nobody at its unit holds the post for."""
    rows = owed(FollowUp.objects.filter(state=FollowUp.State.OPEN).select_related("owner__unit", "unit"), on=on)
    late = [row for row in rows if row.rung and row.rung.who != "unit"]
    if late:
        said = ngettext(
            "%(count)s follow-up is past its day: call the unit",
            "%(count)s follow-ups are past their day: call the units",
            len(late),
        )
        address = "/follow-ups/?state=overdue"
        yield Task(said % {"count": len(late)}, address, kind=gettext("Follow-up"), button=gettext("Look"))
    for row in rows:
        if row.has_left and row.owner is None:
            title = gettext("Nobody holds the post that owes it: %(what)s") % {"what": row.follow_up.what}
            yield Task(title, row.follow_up.get_absolute_url(), due=row.follow_up.due_on, unit=row.follow_up.unit.name)


def _to_state(person: Person, on: date) -> Iterable[Task]:
    """Items of a coming meeting that a unit of this person speaks to and has not yet."""
    units = person.units_as(*DOERS)
    items = AgendaItem.objects.filter(unit__in=units, dropped="", meeting__held_on__gte=on)
    for item in (
        items.exclude(meeting__state=Meeting.State.HELD)
        .exclude(statements__unit__in=units)
        .select_related("meeting__year", "unit")
    ):
        title = gettext("Say beforehand what the meeting should know: %(title)s") % {"title": item.title}
        address = f"{item.meeting.get_absolute_url()}#i{item.pk}"
        yield Task(
            title, address, due=item.meeting.held_on, unit=item.unit.name if item.unit else "", kind=gettext("Meeting")
        )
