"""What is done to the chain: documents read, passages decided, goals divided and scheduled."""

from shoushan.plans.actions.documents import (
    GoalTerms,
    add_document,
    add_passage,
    close_year,
    confirm,
    define_indicator,
    drop,
    freeze_year,
    open_year,
    reconsider,
)
from shoushan.plans.actions.sharing import amend_share, divide, fix_share, plan_division, set_schedule

__all__ = [
    "GoalTerms",
    "add_document",
    "add_passage",
    "amend_share",
    "close_year",
    "confirm",
    "define_indicator",
    "divide",
    "drop",
    "fix_share",
    "freeze_year",
    "open_year",
    "plan_division",
    "reconsider",
    "set_schedule",
]
