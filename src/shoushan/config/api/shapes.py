"""What the API gives and takes; every figure is a decimal string, every date ISO."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from shoushan.core.decimals import plain

Figure = Annotated[Decimal, PlainSerializer(plain, return_type=str)]


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


class StepOut(Schema):
    """A stage a record reached, and who confirmed it."""

    stage: str
    on: date
    state: str
    entered_by: str
    decided_by: str | None
    reason: str


class RecordWhole(RecordOut):
    """A record with its fields, as text, the district's own columns, and its stages."""

    fields: dict[str, str | None]
    local: dict[str, str]
    merged_into: int | None
    steps: list[StepOut]


class ValueOut(Schema):
    """One figure of a unit's month."""

    id: int
    indicator: str
    about: str
    amount: Figure | None
    numerator: Figure | None
    denominator: Figure | None
    is_nil: bool
    no_data: str
    note: str
    unusual: str
    state: str
    version: int


class WaitingOut(Schema):
    """One figure that waits to be verified."""

    id: int
    month: str
    unit: str
    indicator: str
    about: str
    amount: Figure | None
    no_data: str
    note: str
    version: int


class DrawOut(Schema):
    """A draw over figures that waited; figures by their ids."""

    id: int
    unit: str
    first_month: str
    last_month: str
    state: str
    seed: str
    figures: list[int]
    figures_sha256: str
    certain: list[int]  # looked at for their risk
    sample: list[int]  # carries the guarantee
    extra: list[int]  # drawn by risk besides
    checked: int  # of the sample
    wrong: int  # of the sample
    confidence: int
    of: int  # how many the sample speaks for
    most_wrong: int | None  # of them, at that confidence; none before the whole sample was looked at


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


class Given(BaseModel):
    """What a call sends; unknown fields are refused rather than lost."""

    model_config = ConfigDict(extra="forbid")


class RecordIn(Given):
    """A record to enter."""

    unit: str
    fields: dict[str, str]
    local: dict[str, str] = {}  # the district's own columns
    on: date | None = None
    sure: list[int] = []  # records that are alike and others, as ``doubles`` names them


class EditIn(Given):
    """Some of a record's fields, and the version the caller has read."""

    version: int
    fields: dict[str, str | None] = {}
    local: dict[str, str | None] = {}


class StageIn(Given):
    """The stage a record reached, and when."""

    to: str
    on: date
    version: int | None = None


class DecisionIn(Given):
    """Accepted, or returned with a reason."""

    decision: Literal["accepted", "returned"]
    reason: str = ""
    version: int | None = None


class DivisionIn(Given):
    """Units by their codes, and the weight or the value of each where the method asks for it."""

    units: list[str]
    method: Literal["equally", "by_weight", "by_hand", "same"]
    weights: dict[str, Decimal] = {}
    values: dict[str, Decimal] = {}


class ScheduleIn(Given):
    """Month (1 to 12) to the part that is due by its end; the last one is 1."""

    portions: dict[int, Decimal]


class ValueIn(Given):
    """One figure to save."""

    amount: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_nil: bool = False
    no_data: str = ""
    note: str = ""
    about: str = ""
    version: int | None = None


class DrawIn(Given):
    """Whose figures of which months lots are drawn over."""

    year: int
    unit: str
    first_month: Annotated[int, Field(ge=1, le=12)]
    last_month: Annotated[int, Field(ge=1, le=12)]


class CommentIn(Given):
    """A remark on a record."""

    text: str


class CommentOut(Schema):
    """A remark as it stands."""

    id: int
    text: str
    by: str
    at: datetime


class BadCellOut(Schema):
    """What is wrong with one cell of a workbook."""

    sheet: str
    row: int
    column: str
    cell: str
    code: str
    reason: str


class ChoiceOut(Schema):
    """One possible answer: what to read in which rows instead."""

    label: str
    cells: dict[str, str]


class QuestionOut(Schema):
    """What a workbook leaves open."""

    id: str
    code: str
    sheet: str
    rows: list[int]
    held: list[int]  # rows that stay out until it is answered
    text: str
    choices: list[ChoiceOut]


class ImportIn(Given):
    """Answers to what was asked, and how the workbook's columns are understood; both as JSON."""

    answers: str = ""
    layout: str = ""


class ImportOut(Schema):
    """What a workbook would do, or has done."""

    committed: bool
    created: int
    changed: int
    same: int
    hidden: list[str]  # sheets and columns that the office had hidden, and that are not taken
    unread: str  # why nothing was read: a column that must be named in the layout first
    layout: dict[str, Any] | None
    refused: list[BadCellOut]
    questions: list[QuestionOut]
