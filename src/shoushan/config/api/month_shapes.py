"""What the API gives and takes of a month's warnings, meetings, follow-ups and requests."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from shoushan.config.api.shapes import Figure, Given


class SignOut(Schema):
    """What one rule says of an alarm: its sentence, and the figures in it."""

    rule: str
    since: date  # the rule's version, by its first day
    light: str
    title: str
    sentence: str
    figures: dict[str, Any]  # a figure with its measure, a day, or a count


class WarningOut(Schema):
    """One cause that lit, however many rules say so."""

    id: int
    year: int
    unit: str
    goal: int | None
    rule: str
    light: str
    says: list[SignOut]
    months: dict[int, str]  # the colour each month was given when it was judged
    lit_on: date
    ended_on: date | None
    caught_up_in: int | None  # the month
    put_off_until: date | None
    put_off_because: str


class StatementOut(Schema):
    """What a unit says to an item before the meeting."""

    unit: str
    text: str
    by: str
    at: datetime
    version: int


class StatementIn(Given):
    """A unit's own words, and the version the caller has read, where there is one."""

    text: Annotated[str, Field(max_length=1000)]
    version: int | None = None


class ItemOut(Schema):
    """One thing on the agenda; decisions are follow-ups by their ids."""

    id: int
    title: str
    rule: str
    goal: int | None
    unit: str | None
    light: str | None  # of its goal: as it stands, or as it stood on the day of a meeting that was held
    discussion: str
    statements: list[StatementOut]
    decisions: list[int]


class MeetingOut(Schema):
    """One month's dispatch meeting with its agenda."""

    month: str
    held_on: date
    place: str
    state: str
    confirmed_at: datetime | None
    agenda: list[ItemOut]


class FollowUpOut(Schema):
    """Who does what by when, and how it will be known."""

    id: int
    what: str
    how_known: str
    unit: str
    owner: str | None  # the role of the post that owes it
    origin: str
    goal: int | None
    warning: int | None
    due_on: date
    first_due_on: date
    state: str
    is_overdue: bool
    report: str
    reason: str  # why it was sent back


class ExtensionOut(Schema):
    """More time that was asked for."""

    id: int
    until: date
    reason: str
    state: str
    asked_by: str
    answer: str


class FollowUpWhole(FollowUpOut):
    """A follow-up with the time that was asked for."""

    extensions: list[ExtensionOut]


class ReportIn(Given):
    """What was done."""

    report: str


class ClosingIn(Given):
    """Closed on its evidence, or sent back with a reason."""

    decision: Literal["closed", "returned"]
    reason: str = ""


class ExtensionIn(Given):
    """A later day, and why."""

    until: date
    reason: Annotated[str, Field(max_length=500)]


class AnswerIn(Given):
    """Granted, or declined with a reason."""

    decision: Literal["granted", "declined"]
    answer: Annotated[str, Field(max_length=500)] = ""


class RequestOut(Schema):
    """What every request says: who asked, and what was decided."""

    id: int
    month: str
    unit: str
    reason: str
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    answer: str


class ExceptionOut(RequestOut):
    """A locked month that a unit asks to enter."""

    until: datetime
    open_until: datetime | None  # as it was granted


class ExceptionIn(Given):
    """Which month a unit asks to enter, until when, and why."""

    year: int
    month: Annotated[int, Field(ge=1, le=12)]
    unit: str
    until: AwareDatetime  # with its time zone: 2026-12-10T18:00:00+08:00
    reason: Annotated[str, Field(max_length=500)]


class ExceptionAnswerIn(AnswerIn):
    """As any answer; a granted one may name another moment."""

    until: AwareDatetime | None = None


class CorrectedOut(Schema):
    """One of a correction's two figures."""

    amount: Figure | None
    numerator: Figure | None
    denominator: Figure | None
    is_nil: bool
    no_data: str


class CorrectionOut(RequestOut):
    """A locked or verified figure that is to be changed: both figures."""

    value: int
    indicator: str
    about: str
    before: CorrectedOut
    after: CorrectedOut


class CorrectionIn(Given):
    """The right figure, of a ratio both parts, or that there was nothing, or why there is none; and what was wrong."""

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_nil: bool = False
    no_data: Annotated[str, Field(max_length=200)] = ""
    reason: Annotated[str, Field(max_length=500)]


class CorrectionAnswerIn(Given):
    """Agreed, or declined with a reason."""

    decision: Literal["agreed", "declined"]
    answer: Annotated[str, Field(max_length=500)] = ""
