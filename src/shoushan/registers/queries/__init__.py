"""What the pages of a register ask: its list, one record, what waits, what is alike, and how it stood on a day."""

from shoushan.registers.queries.definitions import definitions, differences, figure_of, find, registers_seen
from shoushan.registers.queries.doubles import Likely, likely
from shoushan.registers.queries.history import as_of
from shoushan.registers.queries.listing import chosen, line_or_absent, listing, local_columns
from shoushan.registers.queries.record_page import NextStage, record_page
from shoushan.registers.queries.waiting import waiting_for
from shoushan.registers.queries.wording import choices_of, label_of, written

__all__ = [
    "Likely",
    "NextStage",
    "as_of",
    "choices_of",
    "chosen",
    "definitions",
    "differences",
    "figure_of",
    "find",
    "label_of",
    "likely",
    "line_or_absent",
    "listing",
    "local_columns",
    "record_page",
    "registers_seen",
    "waiting_for",
    "written",
]
