"""The clerk: reads an office's own workbook as a careful clerk would, guessing nothing and asking what is open."""

from shoushan.exchange.clerk.against import Against, Pair, against
from shoushan.exchange.clerk.intake import Intake, IntakeError, load
from shoushan.exchange.clerk.layout import ColumnLayout, Layout, SheetLayout, propose
from shoushan.exchange.clerk.reading import read
from shoushan.exchange.clerk.result import (
    Choice,
    Fault,
    Ignored,
    IgnoredColumn,
    IgnoredSheet,
    Question,
    RecordRead,
    Result,
    as_json,
)
from shoushan.exchange.clerk.units import KnownUnit

__all__ = [
    "Against", "Choice", "ColumnLayout", "Fault", "Ignored", "IgnoredColumn", "IgnoredSheet", "Intake", "IntakeError",
    "KnownUnit", "Layout", "Pair", "Question", "RecordRead", "Result", "SheetLayout", "against", "as_json", "load",
    "propose", "read",
]  # fmt: skip
