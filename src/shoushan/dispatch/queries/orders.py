"""A follow-up order (督办单) as a paper that goes to the unit and into the file."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from shoushan.dispatch.models import FollowUp
from shoushan.exchange.official import Official, Part
from shoushan.orgs.queries import district_name
from shoushan.web import dates


def order_of(follow_up: FollowUp) -> Official:
    """What is owed, by whom and when, how it will be known, where it comes from, and how it is closed."""
    owner = follow_up.owner
    post = f"{owner.title or owner.get_role_display()} {owner.person.name}" if owner else ""
    unit = " ".join(filter(None, [follow_up.unit.name, post]))
    closed = gettext("The unit reports it with evidence; the supervision office confirms it and closes it.")
    return Official(
        title=gettext("Follow-up order"),
        opening=[
            gettext("No. %(number)s") % {"number": follow_up.pk},
            gettext("To: %(unit)s") % {"unit": unit},
            gettext("Due on: %(day)s") % {"day": dates.weekday(follow_up.due_on)},
        ],
        parts=[
            Part(gettext("What is to be done"), [follow_up.what]),
            Part(gettext("How it will be known"), [follow_up.how_known]),
            Part(gettext("Where it comes from"), [_origin(follow_up)]),
            Part(gettext("How it is closed"), [closed]),
        ],
        closing=[district_name(), dates.day(follow_up.opened_at)],
        on=follow_up.first_due_on.isoformat(),
        language=get_language() or "zh-hans",
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
