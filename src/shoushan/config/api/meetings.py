"""A month's dispatch meeting: its agenda, and what units say before it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.month_shapes import ItemOut, MeetingOut, StatementIn, StatementOut
from shoushan.config.api.tokens import Caller
from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.models import AgendaItem, Meeting, Statement
from shoushan.dispatch.queries.meetings import ItemRow, items_of
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.web import clock

router = Router()


@router.get("/meetings/{int:year}/{int:month}", response=MeetingOut)
def meeting(request: Caller, year: int, month: int) -> MeetingOut:
    """One meeting: every item of its agenda, with the statements and decisions that the caller may see."""
    demand(request.auth, "dispatch.view")
    found = get_object_or_404(Meeting.objects.select_related("year"), year__number=year, month=month)
    rows = items_of(found, request.auth, on=clock.today())
    return MeetingOut(
        month=str(found.calendar_month), held_on=found.held_on, place=found.place, state=found.state,
        confirmed_at=found.confirmed_at, agenda=[_item(row) for row in rows],
    )  # fmt: skip


@router.put("/meetings/items/{int:pk}/statements/{unit}", response=StatementOut)
def say(request: Caller, pk: int, unit: str, given: StatementIn) -> StatementOut:
    """Say beforehand, for a unit, what the meeting should know."""
    own = get_object_or_404(Unit.objects.visible_to(request.auth), code=unit)
    demand(request.auth, "dispatch.do", own)
    item = get_object_or_404(AgendaItem.objects.select_related("meeting__year"), pk=pk)
    return _statement(actions.state(item, own, given.text, version=given.version, at=clock.now(), by=request.auth))


def _item(row: ItemRow) -> ItemOut:
    item = row.item
    return ItemOut(
        id=item.pk, title=item.title, rule=item.rule, goal=item.goal_id, unit=item.unit.code if item.unit else None,
        light=row.row.judged.light if row.row else None, discussion=item.discussion,
        statements=[_statement(each) for each in row.statements], decisions=[each.pk for each in row.decisions],
    )  # fmt: skip


def _statement(said: Statement) -> StatementOut:
    return StatementOut(
        unit=said.unit.code, text=said.text, by=said.stated_by.name, at=said.stated_at, version=said.version
    )
