"""What the API gives and takes about a register as a whole, and about the limits of its records."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from shoushan.config.api.shapes import Given


class FaultOut(Schema):
    """One refusal, where several things were asked for at once."""

    code: str
    message: str
    hint: str
    field: str


class SeveralIn(Given):
    """Some records, and what is to be done to each: move it on to a stage, or confirm that stage."""

    do: Literal["advance", "confirm"]
    stage: str
    on: date | None = None
    ids: list[int] = Field(max_length=200)


class OutcomeOut(Schema):
    """What became of one record."""

    id: int
    done: bool
    refused: list[FaultOut]


class PauseOut(Schema):
    """Days that a limit does not count."""

    since: date
    reason: str


class LongerOut(Schema):
    """A longer limit that was asked for."""

    id: int
    days: int
    reason: str
    state: str
    asked_by: str


class LimitOut(Schema):
    """One limit of a record: since when, until when, and whether it was kept."""

    key: str
    label: str
    clause: str
    started_on: date
    due_on: date | None
    ended_on: date | None
    days_left: int
    is_late: bool
    can_be_longer_by: int
    paused: PauseOut | None
    longer: LongerOut | None


class PauseIn(Given):
    """Since when a limit stands still, and for what reason."""

    on: date
    reason: str


class ResumeIn(Given):
    """The last day on which a limit stood still."""

    on: date


class LongerIn(Given):
    """How many days more, and why."""

    days: int
    reason: str


class LongerDecisionIn(Given):
    """Approved, or refused with a reason."""

    decision: Literal["approved", "refused"]
    reason: str = ""


class DayIn(Given):
    """Another day for a stage that waits for confirmation, and why."""

    on: date
    reason: str


class PushedOut(Schema):
    """A limit that another day would move."""

    key: str
    label: str
    now: date | None
    then: date | None


class MergeIn(Given):
    """The record that stays, and how one knows that the two are one."""

    into: int
    reason: str


class HandingIn(Given):
    """The unit that carries a record on, by its code, and why."""

    unit: str
    reason: str


class LikenessIn(Given):
    """Some fields of a record that may be there already."""

    fields: dict[str, str]
    unit: str = ""


class LikelyOut(Schema):
    """A record that may be the same; of another unit's it is told that this unit has it."""

    id: int | None
    name: str | None
    unit: str
    because: str
    is_certain: bool


class ChangeOut(Schema):
    """What has changed since: the field, then and now, in words."""

    field: str
    then: str
    now: str


class ThenOut(Schema):
    """A record as it stood on a day: its columns in words, and what has changed since."""

    id: int
    values: list[str]
    changed: list[ChangeOut]


class AsOfOut(Schema):
    """A list as it stood on a day, against today's."""

    on: date
    columns: list[str]
    rows: list[ThenOut]
    added: int
    gone: int
    changed: int


class ViewIn(Given):
    """A list's filter under a name; the words are those of the page's address."""

    name: str = Field(max_length=40)
    query: str = Field(max_length=500)


class ViewOut(Schema):
    """A kept view."""

    id: int
    name: str
    query: str


class ColumnIn(Given):
    """A column of the district's own."""

    key: str = Field(max_length=30, pattern=r"^[-a-zA-Z0-9_]+$")
    label: str = Field(max_length=40)
    kind: Literal["text", "number", "date"] = "text"


class ColumnOut(Schema):
    """A column of the district's own, in use."""

    id: int
    key: str
    label: str
    kind: str


class CalendarIn(Given):
    """What the calendar is for, so that its key can be told from others and be revoked."""

    label: str = Field(max_length=60)


class CalendarKeyOut(Schema):
    """A calendar's key that is in use; it is revoked on the caller's own page."""

    id: int
    label: str
    ends_on: date


class CalendarOut(Schema):
    """The address for a calendar program, shown once."""

    url: str
    ends_on: date


def fault(said: Any) -> FaultOut:
    """A refusal that was said, as the API gives it."""
    return FaultOut(code=said.code, message=said.message, hint=said.hint, field=said.field)
