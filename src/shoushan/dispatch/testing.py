"""Makers for tests of meetings and follow-ups; a test names only what it is about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from shoushan.dispatch.actions import follow_ups, meetings
from shoushan.dispatch.models import AgendaItem, FollowUp, Meeting
from shoushan.returns.testing import District

HELD = date(2026, 12, 8)


def at(month: int, day: int, hour: int = 10) -> datetime:
    """An hour of a day of the year of the tests."""
    return timezone.make_aware(datetime(2026, month, day, hour))


def make_follow_up(district: District, **given: Any) -> FollowUp:
    """河西 owes a list by 20 November."""
    told = {"what": "列出清单", "how_known": "清单一份", "unit": district.hexi, "due_on": date(2026, 11, 20), **given}
    return follow_ups.open_follow_up(follow_ups.Order(**told), at=at(11, 10), by=district.supervisor)


def make_meeting(district: District, *titles: str) -> tuple[Meeting, list[AgendaItem]]:
    """December's meeting with some items that 河西 speaks to, its agenda fixed."""
    items = [meetings.Proposed(title, AgendaItem.Rule.BY_HAND, None, district.hexi) for title in titles or ("一事",)]
    meeting = meetings.prepare(district.year, 12, held_on=HELD, proposed=items, by=district.supervisor)
    return meetings.fix(meeting, by=district.supervisor), list(meeting.items.all())
