"""What a rule measures: sums of facts and plain numbers, over one another where it is a ratio."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from shoushan.core.errors import mark
from shoushan.scoring.formulas import WrittenFormula
from shoushan.scoring.unsuitable import UnsuitableError

__all__ = ["Indicator", "Part", "Sum", "Term", "UnsuitableError"]


class Part(BaseModel):
    """A section of a scheme's text: its words are fixed, and a misspelt one is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(Part):
    """One fact, or what a formula gives, counted ``times``; a plain number where neither is named."""

    fact: str = ""
    formula: WrittenFormula | None = None
    times: Decimal = Decimal(1)

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Term:
        if self.fact and self.formula is not None:
            raise UnsuitableError(mark("A value is a fact or a formula, not both."))
        if any(sign in self.fact for sign in "+*/()=<> ×÷（）"):
            raise UnsuitableError(
                mark("“%(fact)s” is no fact's name; write arithmetic as {formula: “%(fact)s”}."), fact=self.fact
            )
        return self


def _terms(written: Any) -> Any:
    """Read ``gdp.actual``, ``1000``, ``{fact: …, times: …}`` or a list of these as a sum."""
    parts = written if isinstance(written, list | tuple) else [written]
    return tuple(_term(part) for part in parts)


def _term(part: Any) -> Any:
    if isinstance(part, str):
        return {"fact": part}
    if isinstance(part, int | Decimal) and not isinstance(part, bool):
        return {"times": part}
    return part


Sum = Annotated[tuple[Term, ...], BeforeValidator(_terms)]


class Indicator(Part):
    """What a rule looks at: one value, or a numerator over a denominator."""

    value: Sum = ()
    numerator: Sum = ()
    denominator: Sum = ()

    @model_validator(mode="after")
    def _one_shape(self) -> Indicator:
        ratio = bool(self.numerator) and bool(self.denominator)
        if bool(self.value) == ratio or bool(self.numerator) != bool(self.denominator):
            raise UnsuitableError(mark("An indicator is either a value, or a numerator and a denominator."))
        return self

    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The sums by their place: ``x``, and ``y`` below it in a ratio."""
        return {"x": self.numerator, "y": self.denominator} if self.is_ratio else {"x": self.value}

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)

    @property
    def has_formula(self) -> bool:
        return any(term.formula is not None for sum_ in self.terms().values() for term in sum_)
