"""A meeting as its pages show it: each item with its light, what units say to it, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shoushan.dispatch.models import AgendaItem, FollowUp, Meeting, MinutesCorrection, Statement
from shoushan.dispatch.queries.year import GoalRow, Overview, year_overview
from shoushan.orgs.models import Person
from shoushan.web import dates


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the agenda: its goal to date, the units' words, and the follow-ups decided on it."""

    item: AgendaItem
    row: GoalRow | None
    statements: list[Statement]
    decisions: list[FollowUp]
    corrections: list[MinutesCorrection]


def overview_of(meeting: Meeting, person: Person, *, on: date) -> Overview:
    """The year as a meeting speaks of it: today's before it is held, and afterwards as it stood on its own day."""
    if meeting.state != Meeting.State.HELD:
        return year_overview(meeting.year, person, on=on)
    return year_overview(meeting.year, person, on=meeting.held_on, known=dates.end_of(meeting.held_on))


def items_of(meeting: Meeting, person: Person, *, on: date) -> list[ItemRow]:
    """The agenda in its order, what was dropped left out; the same questions however long it is."""
    items = list(meeting.items.filter(dropped="").select_related("goal", "unit"))
    rows = {row.goal.pk: row for row in overview_of(meeting, person, on=on).goals}
    said: dict[int, list[Statement]] = {}
    for statement in Statement.objects.visible_to(person).filter(item__in=items).select_related("unit", "stated_by"):
        said.setdefault(statement.item_id, []).append(statement)
    decided: dict[int, list[FollowUp]] = {}
    for follow_up in decisions_of(meeting, person):
        decided.setdefault(follow_up.item_id or 0, []).append(follow_up)
    corrected: dict[int, list[MinutesCorrection]] = {}
    for each in MinutesCorrection.objects.filter(item__in=items).select_related("written_by", "confirmed_by"):
        corrected.setdefault(each.item_id, []).append(each)
    return [
        ItemRow(
            item,
            rows.get(item.goal_id or 0),
            said.get(item.pk, []),
            decided.get(item.pk, []),
            corrected.get(item.pk, []),
        )
        for item in items
    ]


def decisions_of(meeting: Meeting, person: Person) -> QuerySet[FollowUp]:
    """What a meeting decided, in the order of its agenda."""
    found = FollowUp.objects.visible_to(person).filter(item__meeting=meeting)
    return found.select_related("unit", "owner__person", "owner__unit").order_by("item__place", "pk")


def last_decisions(meeting: Meeting, person: Person) -> list[FollowUp]:
    """What the meeting before this one decided, and what became of it: the first page of every meeting."""
    earlier = Meeting.objects.filter(year=meeting.year, month__lt=meeting.month).order_by("-month").first()
    return list(decisions_of(earlier, person)) if earlier else []
