"""A meeting's minutes (纪要): its items, what was said, and who does what by when; written from nothing else."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language, gettext

from shoushan.dispatch.models import FollowUp, Meeting
from shoushan.dispatch.queries.meetings import ItemRow, items_of
from shoushan.exchange.official import Official, Part
from shoushan.orgs.models import Person
from shoushan.orgs.queries import district_name
from shoushan.web import dates


def minutes_of(meeting: Meeting, person: Person, *, on: date) -> Official:
    """The minutes as they stand; until the chair has confirmed them they say that they are a draft."""
    facts = [
        gettext("Day: %(day)s") % {"day": dates.day(meeting.held_on)},
        gettext("Place: %(place)s") % {"place": meeting.place or "—"},
        _chair(meeting),
    ]
    rows = items_of(meeting, person, on=on)
    return Official(
        title=gettext("Minutes of the dispatch meeting, %(month)s") % {"month": dates.month(meeting.calendar_month)},
        opening=facts,
        parts=[*(_part(number, row) for number, row in enumerate(rows, 1)), *_corrections(rows)],
        closing=[district_name(), dates.day(meeting.held_on)],
        on=meeting.held_on.isoformat(),
        language=get_language() or "zh-hans",
    )


def _chair(meeting: Meeting) -> str:
    if meeting.chaired_by is None:
        return gettext("Draft, not confirmed yet")
    return gettext("Chair: %(chair)s") % {"chair": meeting.chaired_by.name}


def _part(number: int, row: ItemRow) -> Part:
    said = [row.item.discussion] if row.item.discussion else []
    decided = [_decided(place, it) for place, it in enumerate(row.decisions, 1)]
    return Part(f"{number}. {row.item.title}", [*said, *decided] or [gettext("Nothing was decided.")])


def _decided(place: int, follow_up: FollowUp) -> str:
    words = {
        "place": place,
        "what": follow_up.what,
        "unit": _who(follow_up),
        "day": dates.day(follow_up.first_due_on),
        "how": follow_up.how_known,
    }
    return gettext("(%(place)s) %(what)s. Responsible: %(unit)s; until %(day)s; known by: %(how)s.") % words


def _who(follow_up: FollowUp) -> str:
    """The unit, and the post there where it was given to one."""
    post = follow_up.owner
    return f"{follow_up.unit.name} {post.title or post.get_role_display()}" if post else follow_up.unit.name


def _corrections(rows: list[ItemRow]) -> list[Part]:
    """The later versions, each under its number and the day of its confirmation; the first text stays where it is."""
    confirmed = [(row.item, it) for row in rows for it in row.corrections if it.confirmed_at]
    said = gettext("Version %(number)s of %(day)s, on “%(item)s”: %(text)s (%(reason)s)")
    lines = [
        said
        % {
            "number": number,
            "day": dates.day(it.confirmed_at),
            "item": item.title,
            "text": it.text,
            "reason": it.reason,
        }
        for number, (item, it) in enumerate(sorted(confirmed, key=lambda pair: pair[1].pk), 2)
    ]
    return [Part(gettext("Corrections"), lines)] if lines else []
