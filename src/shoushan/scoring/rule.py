"""One clause of a scheme (得分项) with its dated numbers: what it measures, how it gives points, from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SerializeAsAny, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.falsity import Falsity
from shoushan.scoring.methods import ByFormula, Method, method_from
from shoushan.scoring.methods.cases import Addition, Deduction
from shoushan.scoring.terms import Indicator, Part, Term, UnsuitableError


class FixedPoints(Part):
    """A line that does not apply earns these points all the same (基础分)."""

    points: Decimal


def _check_forward(published: date | None, since: date) -> None:
    if published is not None and published > since:
        raise UnsuitableError(
            mark("A change from %(since)s was published on %(published)s; a scheme changes forward only."),
            since=since.isoformat(),
            published=published.isoformat(),
        )


AnyMethod = Annotated[SerializeAsAny[Method], BeforeValidator(method_from)]


class Change(Part):
    """New numbers for a clause from a day on (调整), announced before that day."""

    since: date
    published: date
    source: str = Field(min_length=1)
    method: AnyMethod

    @model_validator(mode="after")
    def _forward_only(self) -> Change:
        _check_forward(self.published, self.since)
        return self


class Rule(Part):
    """One clause that gives or takes points."""

    id: str
    label: str
    source: str = Field(min_length=1)
    since: date
    until: date | None = None
    section: str = ""
    applies_to: tuple[str, ...] = ()
    indicator: Indicator | None = None
    method: AnyMethod
    compare: Literal["group", "all"] = "group"
    when_missing: Literal["leave_out", "zero", "not_applicable"]
    when_not_applicable: Literal["leave_out", "full", "mean"] | FixedPoints
    # Left out, the clause says nothing of false figures.
    falsified: Falsity | None = None
    # A line that only feeds other rules adds nothing by itself (中间项).
    counts: bool = True
    published: date | None = None
    changes: tuple[Change, ...] = ()
    change_counts: Literal["month", "day", ""] = ""

    @model_validator(mode="after")
    def _method_has_what_it_measures(self) -> Rule:
        for method in (self.method, *(change.method for change in self.changes)):
            method.check_indicator(self.indicator)
            if self.falsified is not None:
                self.falsified.check(method, self.indicator)
            if type(method) is not type(self.method):
                raise UnsuitableError(
                    mark("A change gives new numbers to the same method; another method is a new rule.")
                )
        return self

    @model_validator(mode="after")
    def _dates_go_forward(self) -> Rule:
        days = [self.since, *(change.since for change in self.changes)]
        if days != sorted(set(days)) or (self.until is not None and self.until < days[-1]):
            raise UnsuitableError(mark("The dates of a rule go forward: since, then its changes, then until."))
        _check_forward(self.published, self.since)
        if self.change_counts == "month" and (
            not isinstance(self.method, Deduction | Addition) or any(change.since.day != 1 for change in self.changes)
        ):
            raise UnsuitableError(
                mark("Only cases are counted month by month, and then a change begins on the first of a month.")
            )
        return self

    @property
    def is_reckoned(self) -> bool:
        """Whether its points come from exact fractions: formulas, false figures, and ratios that are compared."""
        if isinstance(self.method, ByFormula) or self.falsified is not None:
            return True
        if self.indicator is None:
            return False
        return self.indicator.has_formula or (self.indicator.is_ratio and self.method.measures == "value")

    def method_on(self, day: date) -> Method:
        """The numbers in force on a day."""
        return [self.method, *(change.method for change in self.changes if change.since <= day)][-1]

    def _each_on(self, day: date) -> Mapping[str, Decimal]:
        method = self.method_on(day)
        return method.each if isinstance(method, Deduction | Addition) else {}

    def settled_on(self, day: date | None, names: set[str]) -> Rule:
        """This rule with the numbers of one day, or with each month's cases at that month's numbers."""
        if not self.changes:
            return self
        last = self.changes[-1].since if day is None else day
        method = self.method_on(last)
        if self.change_counts == "month" and isinstance(method, Deduction | Addition):
            months = sorted({name.partition("@")[2] for name in names if name.partition("@")[0] in method.each})
            each = {
                f"{fact}@{month}": points
                for month in months
                if (first := date.fromisoformat(f"{month}-01")) >= self.since and (day is None or first <= day)
                for fact, points in self._each_on(first).items()
            }
            every = {f"{fact}@{self.since:%Y}-12": points for fact, points in method.each.items()}
            method = method.model_copy(update={"each": each or every})
        return self.model_copy(update={"method": method, "changes": (), "change_counts": ""})

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The sums this rule needs: ``x`` on top, ``y`` below where it is a ratio, ``false`` for what was falsified."""
        terms = self.method.terms(self.indicator)
        return terms if self.falsified is None else {**terms, "false": self.falsified.figure}

    def applies_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
