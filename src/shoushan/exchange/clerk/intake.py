"""How a line's workbooks are understood: ``lines/<line>/intake.yaml``, checked when it is loaded."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from shoushan.exchange.clerk.wording import QUESTIONS
from shoushan.exchange.clerk.words import narrow

Kind = Literal[
    "text", "lines", "number", "code", "money", "date", "share", "unit", "units", "split", "count", "decimal", "area",
    "length", "days", "quantities", "choice", "colour", "link", "currency",
]  # fmt: skip


class IntakeError(Exception):
    """An intake.yaml that cannot be used; the sentence says where and why."""


class Part(BaseModel):
    """A part of an intake: fixed, and a misspelt key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldIntake(Part):
    """One field of a record, and how a column or a group row gives it."""

    kind: Kind = "text"
    words: tuple[str, ...] = ()
    # What offices write over such a column; ``到位资金/累计`` names a header of two levels.
    never: tuple[str, ...] = ()
    # Words that no header of this field has: 累计 over what came in this month.
    required: bool = False
    instead: str = ""
    """A field whose column makes this one unnecessary: a road or an estate."""
    missing: str = ""
    """The question asked where the cell is empty."""
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    """What a bare number means where neither cell nor header nor title says it."""
    currency: str = ""
    """The field that takes the currency of this money."""
    home_currency: bool = False
    """Whether the currency is also told when it is the yuan."""
    plan: bool = False
    """A date that lies ahead by nature: a deadline, a planned end."""
    within_period: bool = False
    """A date that cannot lie after the period the table tells of."""
    several: Literal["ambiguous", "split", "list"] = "ambiguous"
    strangers: bool = False
    """Names that are no units may stand here too."""
    least_named: int = 0
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ticks: Literal["one", "last"] = "one"
    of: str = ""
    """The field whose cell carries this colour."""
    parts: dict[Literal["count", "area", "money", "sites", "detail"], str] = Field(default_factory=dict)
    """Which fields a cell of several quantities fills."""
    alike: str = ""
    """The field whose equal values make rows alike: what the others write tells what a bare number means."""
    cumulative: bool = False
    """A figure that can only grow within the year."""

    @model_validator(mode="after")
    def _sound(self) -> FieldIntake:
        if self.kind in ("choice", "colour") and not self.choices:
            raise ValueError(f"a field of kind {self.kind} needs choices")
        if self.missing and self.missing not in QUESTIONS:
            raise ValueError(f"nobody knows how to ask “{self.missing}”")
        return self

    def choice_of(self, text: str) -> str | None:
        """The choice that a word in a cell, over a tick column or in a group row stands for."""
        said = narrow(text)
        for choice, synonyms in self.choices.items():
            if said == narrow(choice) or any(said == narrow(word) for word in synonyms):
                return choice
        return None


class Series(Part):
    """Columns side by side under one heading that fill these fields in their order."""

    fields: tuple[str, ...]
    words: tuple[str, ...]


class Condition(Part):
    """When a check applies: a field has one of these values, or has any value at all."""

    field: str
    among: tuple[str, ...] = ()


class Check(Part):
    """A rule across the fields of a row, or across rows."""

    code: str
    hold: bool = False

    @property
    def names(self) -> set[str]:
        """The fields this check looks at."""
        found: set[str] = set()
        for key, value in self.__dict__.items():
            if key in FIELD_KEYS:
                found |= {value} if isinstance(value, str) else set(value)
        when = getattr(self, "when", None)
        return (found | ({when.field} if when else set())) - {""}


class Order(Check):
    """Dates that follow one another."""

    check: Literal["order"]
    code: str = "date_order"
    hold: bool = True
    dates: tuple[str, ...]


class NotAbove(Check):
    """One figure that cannot be larger than another."""

    check: Literal["not_above"]
    field: str
    limit: str
    currency: str = ""
    hold: bool = True


class Missing(Check):
    """Fields that must be filled when something holds: refused, or asked."""

    check: Literal["missing"]
    code: str = "required"
    fields: tuple[str, ...]
    when: Condition | None = None


class Differs(Check):
    """Two fields that should not name the same."""

    check: Literal["differs"]
    fields: tuple[str, ...]


class Bands(Check):
    """A grade that follows from a score: the least score of each grade, from the best."""

    check: Literal["bands"]
    score: str
    grade: str
    bands: dict[str, Decimal]
    hold: bool = True


class Mentions(Check):
    """Words that make a clerk ask."""

    check: Literal["mentions"]
    field: str
    words: tuple[str, ...]


class Twins(Check):
    """Rows that may be the same thing: equal in ``same``; alike in ``like``, where that is told."""

    check: Literal["twins"]
    same: tuple[str, ...]
    like: str = ""
    unlike_code: str = ""
    """The question where ``like`` is not alike; without it such rows are two things."""
    hold: bool = True


FIELD_KEYS = ("field", "limit", "fields", "dates", "score", "grade", "same", "like", "currency")
AnyCheck = Annotated[Order | NotAbove | Missing | Differs | Bands | Mentions | Twins, Field(discriminator="check")]


class TableIntake(Part):
    """One kind of record: its fields, what group rows give, and its checks."""

    fields: dict[str, FieldIntake]
    groups: tuple[str, ...] = ()
    """Fields that a group row may give, tried in this order."""
    series: tuple[Series, ...] = ()
    identity: str = ""
    """The field by which a record of last month is recognised."""
    identity_with: tuple[str, ...] = ()
    """What stays the same when a record is renamed."""
    checks: tuple[AnyCheck, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> TableIntake:
        for name in self._named():
            if name not in self.fields:
                raise ValueError(f"no field “{name}”")
        for check in self.checks:
            for code in {check.code, getattr(check, "unlike_code", "")} - {"", "required"}:
                if code not in QUESTIONS:
                    raise ValueError(f"nobody knows how to ask “{code}”")
        return self

    def _named(self) -> list[str]:
        named = [*self.groups, *self.identity_with, *([self.identity] if self.identity else [])]
        for series in self.series:
            named += series.fields
        for field in self.fields.values():
            named += [name for name in (field.instead, field.currency, field.of, field.alike) if name]
            named += field.parts.values()
        for check in self.checks:
            named += sorted(check.names)
        return named


class Intake(Part):
    """What a line takes from workbooks: one or several kinds of record."""

    line: str
    tables: dict[str, TableIntake]


def load(path: Path) -> Intake:
    """The intake of a line, or an error that says what is wrong with it."""
    written: Any = yaml.safe_load(Path(path).read_text("utf-8"))
    try:
        return Intake.model_validate(written)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise IntakeError(f"{path}: {faults}") from None
