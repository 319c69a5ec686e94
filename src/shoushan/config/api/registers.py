"""A register as a whole: several records at once, doubles, a day in the past, kept views, the district's columns."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Status

from shoushan.config.api.access import ABSENT, line_of, record_of, seen, unit_of
from shoushan.config.api.line_shapes import (
    AsOfOut,
    CalendarIn,
    CalendarKeyOut,
    CalendarOut,
    ChangeOut,
    ColumnIn,
    ColumnOut,
    HandingIn,
    LikelyOut,
    LikenessIn,
    MergeIn,
    OutcomeOut,
    SeveralIn,
    ThenOut,
    ViewIn,
    ViewOut,
    fault,
)
from shoushan.config.api.records import brief, fields_read
from shoushan.config.api.shapes import RecordOut
from shoushan.config.api.tokens import Caller
from shoushan.orgs import actions as orgs
from shoushan.orgs.requests import demand
from shoushan.registers import actions, queries
from shoushan.registers.forms import record_form
from shoushan.registers.models import LocalField, SavedView
from shoushan.web import clock, refusals

router = Router()


@router.post("/lines/{line}/several", response=list[OutcomeOut])
def several(request: Caller, line: str, given: SeveralIn) -> list[OutcomeOut]:
    """Move or confirm up to 200 records; each is done or refused by itself."""
    known = line_of(request, line)
    if not request.auth.has_perm("registers.work", known):
        demand(request.auth, "registers.confirm", known)
    records = known.model.objects.visible_to(request.auth).standing().select_related("unit").in_bulk(given.ids)
    on, today = given.on or clock.today(), clock.today()
    found = actions.several(records.values(), given.do, given.stage, on=on, today=today, by=request.auth)
    told = {
        each.record.pk: [fault(said) for said in refusals.say_all(each.refusal)] if each.refusal else []
        for each in found
    }
    absent = [fault(refusals.say(ABSENT))]
    return [OutcomeOut(id=pk, done=not told.get(pk, absent), refused=told.get(pk, absent)) for pk in given.ids]


@router.post("/lines/{line}/records/{int:pk}/merge", response=RecordOut)
def merge(request: Caller, line: str, pk: int, given: MergeIn) -> RecordOut:
    """Say that this record is another one; the answer is the one that stays."""
    known, found = record_of(request, line, pk, "registers.work")
    into = seen(request, known.model.objects.standing().select_related("unit"), pk=given.into)
    actions.merge(found, into, reason=given.reason, by=request.auth)
    return brief(into)


@router.put("/lines/{line}/records/{int:pk}/unit", response=RecordOut)
def hand_over(request: Caller, line: str, pk: int, given: HandingIn) -> RecordOut:
    """Another unit carries this record on."""
    known, found = record_of(request, line, pk, "registers.work")
    unit = unit_of(request, known, given.unit)
    return brief(actions.hand_over(found, unit, reason=given.reason, on=clock.today(), by=request.auth))


@router.post("/lines/{line}/doubles", response=list[LikelyOut])
def doubles(request: Caller, line: str, given: LikenessIn) -> list[LikelyOut]:
    """Records that may be the one about to be entered; nothing is entered."""
    known = line_of(request, line, "registers.work")
    unit = unit_of(request, known, given.unit) if given.unit else None
    names = [name for name in known.fields if name in given.fields]
    fields = fields_read(record_form(known, names, given.fields, person=request.auth, in_percent=False))
    return [
        LikelyOut(
            id=each.record.pk if each.is_seen else None,
            name=each.record.name if each.is_seen else None,
            unit=each.record.unit.name,
            because=each.because,
            is_certain=each.is_certain,
        )
        for each in queries.likely(known, request.auth, {**fields, "unit": unit})
    ]


@router.get("/lines/{line}/as-of", response=AsOfOut)
def as_of(request: Caller, line: str, on: date) -> AsOfOut:
    """A list as it stood on a day, against today's; ``unit``, ``q`` and ``stage`` narrow it."""
    known = line_of(request, line)
    if on > clock.today():
        raise Http404
    then = queries.as_of(known, request.auth, on, request.GET.dict())
    return AsOfOut(
        on=then.on,
        columns=then.labels,
        rows=[
            ThenOut(
                id=row.record.pk,
                values=row.values,
                changed=[ChangeOut(field=field, then=before, now=now) for field, before, now in row.changed],
            )
            for row in then.rows
        ],
        added=len(then.new),
        changed=then.changed,
        gone=then.gone,
    )


@router.get("/lines/{line}/views", response=list[ViewOut])
def views(request: Caller, line: str) -> list[ViewOut]:
    """The caller's own views of a register."""
    found = SavedView.objects.filter(line=line_of(request, line).key, person=request.auth, is_dropped=False)
    return [ViewOut(id=view.pk, name=view.name, query=view.query) for view in found]


@router.post("/lines/{line}/views", response=ViewOut)
def save_view(request: Caller, line: str, given: ViewIn) -> ViewOut:
    """Keep a filter under a name, or change what the name stands for."""
    kept = actions.save_view(line_of(request, line), given.name, given.query, by=request.auth)
    return ViewOut(id=kept.pk, name=kept.name, query=kept.query)


@router.delete("/lines/{line}/views/{int:pk}", response={204: None})
def drop_view(request: Caller, line: str, pk: int) -> Status[None]:
    """Take a view off one's list."""
    mine = SavedView.objects.filter(line=line_of(request, line).key, person=request.auth, is_dropped=False)
    actions.drop_view(get_object_or_404(mine, pk=pk), by=request.auth)
    return Status(204, None)


@router.get("/lines/{line}/columns", response=list[ColumnOut])
def columns(request: Caller, line: str) -> list[ColumnOut]:
    """The district's own columns of a register; their values stand under ``local`` in its records."""
    return [_column(each) for each in queries.local_columns(line_of(request, line))]


@router.post("/lines/{line}/columns", response=ColumnOut)
def define_column(request: Caller, line: str, given: ColumnIn) -> ColumnOut:
    """Give a register a column of the district's own."""
    known = line_of(request, line, "registers.define")
    return _column(actions.define_local(known, given.key, given.label, given.kind, by=request.auth))


@router.delete("/lines/{line}/columns/{int:pk}", response={204: None})
def drop_column(request: Caller, line: str, pk: int) -> Status[None]:
    """Take a column out of use; what was written in it stays with the records."""
    used = LocalField.objects.filter(line=line_of(request, line, "registers.define").key, is_dropped=False)
    actions.drop_local(get_object_or_404(used, pk=pk), by=request.auth)
    return Status(204, None)


def _column(field: LocalField) -> ColumnOut:
    return ColumnOut(id=field.pk, key=field.key, label=field.label, kind=field.kind)


@router.get("/calendar", response=list[CalendarKeyOut])
def calendars(request: Caller) -> list[CalendarKeyOut]:
    """The caller's calendar addresses that are in use; the addresses themselves were shown once."""
    kept = request.auth.tokens.filter(only_calendar=True, revoked_at__isnull=True, ends_on__gte=clock.today())
    return [CalendarKeyOut(id=token.pk, label=token.label, ends_on=token.ends_on) for token in kept]


@router.post("/calendar", response=CalendarOut)
def calendar(request: Caller, given: CalendarIn) -> CalendarOut:
    """An address under which a calendar program finds what falls due for the caller; its key opens nothing else."""
    token, secret = orgs.issue_token(request.auth, label=given.label, only_calendar=True, by=request.auth)
    return CalendarOut(url=request.build_absolute_uri(reverse("calendar", args=[secret])), ends_on=token.ends_on)
