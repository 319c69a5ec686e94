"""What the API gives and takes; every figure is a decimal string, every date ISO."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import BaseModel, ConfigDict, PlainSerializer

Figure = Annotated[Decimal, PlainSerializer(lambda figure: f"{figure.normalize():f}", return_type=str)]


class GoalOut(Schema):
    """A goal with the sentence it comes from."""

    id: int
    title: str
    kind: str
    sentence: str
    indicator: str | None
    compare: str
    value: Figure | None
    measure: str
    due_on: date | None


class ShareOut(Schema):
    """One unit's part of a goal."""

    id: int
    goal: int
    unit: str
    value: Figure


class LetterOut(Schema):
    """A responsibility letter and how far it is."""

    id: int
    unit: str
    state: str
    version: int


class RecordOut(Schema):
    """A record of a work line."""

    id: int
    name: str
    unit: str
    stage: str
    version: int


class ValueOut(Schema):
    """One figure of a unit's month."""

    indicator: str
    about: str
    amount: Figure | None
    no_data: str
    state: str
    version: int


class ReturnOut(Schema):
    """A unit's month."""

    month: str
    unit: str
    submitted_at: datetime | None
    is_late: bool
    values: list[ValueOut]


class ScoreOut(Schema):
    """A unit's score in the last run."""

    unit: str
    group: str
    points: Figure | None
    status: str
    rank: int | None
    grade: str


class ValueIn(BaseModel):
    """One figure to save; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")

    amount: Decimal | None = None
    no_data: str = ""
    note: str = ""
    about: str = ""
    version: int | None = None
