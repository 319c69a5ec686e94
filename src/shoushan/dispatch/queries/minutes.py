"""What is printed of a meeting and of a follow-up: the minutes (会议纪要), and the order (督办单)."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from shoushan.dispatch.models import FollowUp, Meeting, MinutesCorrection
from shoushan.dispatch.queries.meetings import decisions_of
from shoushan.exchange.official import Official, Section
from shoushan.orgs.models import Person
from shoushan.web import dates
from shoushan.web.navigation import district


def minutes(meeting: Meeting, person: Person) -> Official:
    """What was said and decided, item by item; a draft until the chair confirms, corrections at the end."""
    decided: dict[int, list[FollowUp]] = {}
    for each in decisions_of(meeting, person):
        decided.setdefault(each.item_id or 0, []).append(each)
    sections = []
    for number, item in enumerate(meeting.items.filter(dropped=""), start=1):
        said = [line for line in item.discussion.splitlines() if line.strip()]
        said += [_decision(each) for each in decided.get(item.pk, [])]
        sections.append(Section(f"{number}. {item.title}", said or [gettext("Nothing was written down.")]))
    return Official(
        title=gettext("Minutes of the dispatch meeting %(month)s") % {"month": dates.month(meeting.calendar_month)},
        facts=_facts(meeting),
        sections=[*sections, *_corrections(meeting)],
        closing=[district(), dates.day(meeting.confirmed_at) if meeting.confirmed_at else dates.day(meeting.held_on)],
        state_words="" if meeting.confirmed_at else gettext("Draft"),
        language=get_language() or "zh-hans",
        on=meeting.held_on,
    )


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    facts = [(gettext("Time"), dates.weekday(meeting.held_on)), (gettext("Place"), meeting.place or "—")]
    if meeting.chaired_by:
        facts.append((gettext("Chair"), meeting.chaired_by.name))
    return facts


def _decision(each: FollowUp) -> str:
    """Who does what by when, and how it will be known, as one sentence."""
    said = gettext("Decided: %(what)s. Owed by %(unit)s, due on %(day)s; known by: %(how)s.")
    unit = f"{each.unit.name} {each.owner.title or each.owner.get_role_display()}" if each.owner else each.unit.name
    # the day as it was decided; what was extended later is no part of what was said then
    day = dates.day(each.first_due_on)
    return said % {"what": each.what, "unit": unit, "day": day, "how": each.how_known}


def _corrections(meeting: Meeting) -> list[Section]:
    """The later versions, each under its number and the day of its confirmation."""
    found = MinutesCorrection.objects.filter(item__meeting=meeting, confirmed_at__isnull=False)
    lines = []
    for number, each in enumerate(found.select_related("item", "confirmed_by"), start=2):
        said = gettext("Version %(number)s of %(day)s, on “%(item)s”: %(text)s (%(reason)s)")
        day = dates.day(each.confirmed_at)
        lines.append(
            said % {"number": number, "day": day, "item": each.item.title, "text": each.text, "reason": each.reason}
        )
    return [Section(gettext("Corrections"), lines)] if lines else []


def order(follow_up: FollowUp) -> Official:
    """One follow-up as a paper that goes to the unit."""
    owner = follow_up.owner
    post = f"{owner.title or owner.get_role_display()} {owner.person.name}" if owner else ""
    facts = [
        (gettext("No."), str(follow_up.pk)),
        (gettext("Unit"), " ".join(filter(None, [follow_up.unit.name, post]))),
        (gettext("Due on"), dates.weekday(follow_up.due_on)),
    ]
    sections = [
        Section(gettext("What is to be done"), [follow_up.what]),
        Section(gettext("How it will be known"), [follow_up.how_known]),
        Section(gettext("Where it comes from"), [_origin(follow_up)]),
        Section(
            gettext("How it is closed"),
            [gettext("The unit reports it with evidence; the supervision office confirms it and closes it.")],
        ),
    ]
    return Official(
        title=gettext("Follow-up order"),
        facts=facts,
        sections=sections,
        closing=[district(), dates.day(follow_up.opened_at)],
        language=get_language() or "zh-hans",
        on=follow_up.first_due_on,
    )


def _origin(follow_up: FollowUp) -> str:
    if follow_up.item:
        month = dates.month(follow_up.item.meeting.calendar_month)
        return gettext("Dispatch meeting %(month)s, “%(item)s”") % {"month": month, "item": follow_up.item.title}
    if follow_up.alarm:
        return gettext("A warning of %(day)s") % {"day": dates.day(follow_up.alarm.lit_on)}
    if follow_up.goal:
        return gettext("The goal “%(goal)s”") % {"goal": follow_up.goal.title}
    return gettext("Ordered by the supervision office")
