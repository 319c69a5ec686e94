"""What a rule measures: sums of facts and plain numbers, over one another where it is a ratio."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from shoushan.core.errors import mark


class Part(BaseModel):
    """A section of a scheme's text: its words are fixed, and a misspelt one is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnsuitableError(ValueError):
    """What a scheme's text may not say, as a sentence for translation."""

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params


class Term(Part):
    """One fact counted ``times``, or a plain number where no fact is named."""

    fact: str = ""
    times: Decimal = Decimal(1)


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
