"""A formula as a part of a scheme: read from text, written back as the same text."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from shoushan.core.errors import mark
from shoushan.scoring.formulas.nodes import Formula
from shoushan.scoring.formulas.parsing import parsed
from shoushan.scoring.unsuitable import UnsuitableError


def _formula(written: Any) -> Formula:
    if isinstance(written, Formula):
        return written
    if isinstance(written, int | Decimal) and not isinstance(written, bool):
        written = format(written, "f") if isinstance(written, Decimal) else str(written)
    if not isinstance(written, str):
        raise UnsuitableError(mark("A formula is one line of text."))
    return parsed(written)


WrittenFormula = Annotated[
    Formula,
    PlainValidator(_formula),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "maxLength": 1000}),
]
