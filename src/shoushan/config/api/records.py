"""A line's records: read one, enter, correct, move with its evidence, confirm, take back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from ninja import File, Form, Router
from ninja.files import UploadedFile

from shoushan.config.api.access import MOST_ROWS, line_of, record_of, unit_of
from shoushan.config.api.once import once
from shoushan.config.api.shapes import (
    CommentIn,
    CommentOut,
    DecisionIn,
    EditIn,
    RecordIn,
    RecordOut,
    RecordWhole,
    StageIn,
    StepOut,
)
from shoushan.config.api.tokens import Caller
from shoushan.core.errors import Refusal, Refusals, mark
from shoushan.evidence import actions as evidence
from shoushan.registers import actions
from shoushan.registers.forms import LOCAL, RecordForm, record_form
from shoushan.registers.lines import Line
from shoushan.registers.models import Comment, LocalField, Step
from shoushan.registers.queries import chosen, line_or_absent, local_columns
from shoushan.web import clock

router = Router()


@router.get("/lines/{line}/records", response=list[RecordOut])
def records(request: Caller, line: str, after: int = 0) -> list[RecordOut]:
    """Up to 500 records of a line in the order of their ids; ask again with the last id as ``after``.

    The filters are those of the page: ``stage``, ``unit``, ``q`` and the line's own.
    """
    found = chosen(line_or_absent(line), request.auth, request.GET.dict()).filter(pk__gt=after)
    return [brief(record) for record in found.select_related("unit").order_by("pk")[:MOST_ROWS]]


@router.get("/lines/{line}/records/{int:pk}", response=RecordWhole)
def record(request: Caller, line: str, pk: int) -> RecordWhole:
    """One record with its fields and the stages it went through."""
    known, found = record_of(request, line, pk)
    return _whole(known, found)


@router.post("/lines/{line}/records", response=RecordOut)
def enter(request: Caller, line: str, given: RecordIn) -> RecordOut:
    """Enter a record at the line's first stage; one that is like others is entered when the caller is sure."""
    known = line_of(request, line, "registers.work")
    unit = unit_of(request, known, given.unit)
    typed, columns = _typed(known, given.fields, given.local)
    fields = fields_read(
        record_form(known, known.fields, typed, person=request.auth, columns=columns, in_percent=False)
    )
    today = clock.today()
    told: dict[str, Any] = {"on": given.on or today, "today": today, "looked_at": set(given.sure), "by": request.auth}
    made = once(request, lambda: int(actions.enter(known, unit, fields, **told).pk))
    return brief(known.model.objects.select_related("unit").get(pk=made))


@router.patch("/lines/{line}/records/{int:pk}", response=RecordOut)
def edit(request: Caller, line: str, pk: int, given: EditIn) -> RecordOut:
    """Correct some fields of what the caller has read."""
    known, found = record_of(request, line, pk, "registers.work")
    typed, columns = _typed(known, given.fields, given.local)
    names = [name for name in known.fields if name in given.fields]
    own = known.model.objects.get(pk=pk)
    form = record_form(known, names, typed, instance=own, person=request.auth, columns=columns, in_percent=False)
    return brief(actions.edit(found, fields_read(form), version=given.version, by=request.auth))


def _typed(line: Line, fields: Mapping[str, Any], local: Mapping[str, Any]) -> tuple[dict[str, Any], list[LocalField]]:
    """What a form takes of a call: the line's fields, and the district's columns that are given."""
    own = {column.key: column for column in local_columns(line)}
    for given, names in ((fields, line.fields), (local, [*own])):
        if odd := sorted(given.keys() - set(names)):
            raise Refusal(
                "api.field",
                mark("This line has no field “%(field)s”."),
                hint=mark("Its fields are: %(fields)s."),
                params={"field": odd[0], "fields": ", ".join(names)},
                field=odd[0],
            )
    typed = {**fields, **{f"{LOCAL}{key}": value for key, value in local.items()}}
    return typed, [column for key, column in own.items() if key in local]


@router.post("/lines/{line}/records/{int:pk}/advance", response=RecordOut)
def advance(
    request: Caller, line: str, pk: int, given: Form[StageIn], file: File[UploadedFile | None] = None
) -> RecordOut:
    """Move to the next stage on its day, with its file; the stage's fields are set by a correction before."""
    _known, found = record_of(request, line, pk, "registers.work")
    with transaction.atomic():
        if file is not None:
            evidence.add(found, file.read(), file.name or "file", proves=given.to, by=request.auth)
        moved = actions.advance(
            found, given.to, on=given.on, today=clock.today(), version=given.version, by=request.auth
        )
    return brief(moved)


@router.post("/lines/{line}/records/{int:pk}/stages/{stage}", response=RecordOut)
def decide(request: Caller, line: str, pk: int, stage: str, given: DecisionIn) -> RecordOut:
    """Confirm a stage, or send it back with a reason; never one's own."""
    _known, found = record_of(request, line, pk, "registers.confirm")
    return brief(actions.decide(found, stage, given.decision, reason=given.reason, by=request.auth))


@router.post("/lines/{line}/records/{int:pk}/back", response=RecordOut)
def back(request: Caller, line: str, pk: int, to: str, reason: str) -> RecordOut:
    """Take a record back to an earlier stage, with a reason."""
    known, found = record_of(request, line, pk, "registers.take_back")
    if to not in [str(stage) for stage in known.flow.stages]:
        raise Http404
    return brief(actions.go_back(found, to, reason=reason, by=request.auth))


@router.get("/lines/{line}/records/{int:pk}/comments", response=list[CommentOut])
def comments(request: Caller, line: str, pk: int) -> list[CommentOut]:
    """The remarks on a record, the oldest first."""
    _known, found = record_of(request, line, pk)
    return [_comment(each) for each in Comment.objects.of(found).select_related("by")]


@router.post("/lines/{line}/records/{int:pk}/comments", response=CommentOut)
def comment(request: Caller, line: str, pk: int, given: CommentIn) -> CommentOut:
    """Leave a remark; @ and a name asks for somebody who may see the record."""
    _known, found = record_of(request, line, pk)
    made = once(request, lambda: actions.comment(found, given.text, by=request.auth).pk)
    return _comment(Comment.objects.select_related("by").get(pk=made))


def _comment(made: Comment) -> CommentOut:
    return CommentOut(id=made.pk, text=made.text, by=made.by.name, at=made.at)


def brief(record: Any) -> RecordOut:
    """A record as a list gives it."""
    return RecordOut(id=record.pk, name=record.name, unit=record.unit.code, stage=record.stage, version=record.version)


def _whole(line: Line, record: Any) -> RecordWhole:
    steps = Step.objects.of(record).select_related("entered_by", "decided_by")
    return RecordWhole(
        **brief(record).dict(),
        fields={name: _written(getattr(record, name)) for name in line.fields},
        local={key: str(value) for key, value in record.local.items()},
        merged_into=record.merged_into_id,
        steps=[
            StepOut(
                stage=step.stage,
                on=step.happened_on,
                state=step.state,
                entered_by=step.entered_by.name,
                decided_by=step.decided_by.name if step.decided_by else None,
                reason=step.reason,
            )
            for step in steps
        ],
    )


def _written(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def fields_read(form: RecordForm) -> dict[str, Any]:
    """The fields a form has read, or every fault of theirs at once."""
    if form.is_valid():
        return form.facts()
    faults = [(name, str(fault)) for name, found in form.errors.items() for fault in found]
    raise Refusals(
        [
            Refusal(
                "api.input",
                mark("“%(field)s” cannot be read: %(fault)s."),
                hint=mark("The shape of every call stands in /api/v1/openapi.json."),
                params={"field": name, "fault": fault.rstrip(".。")},
                field=name,
            )
            for name, fault in faults
        ]
    )
