"""What is done in a month: it opens, values are saved, submitted, verified, and exceptions are granted."""

from shoushan.returns.actions.asking import (
    agree_correction,
    ask_correction,
    ask_exception,
    decline_correction,
    decline_exception,
    grant_exception,
)
from shoushan.returns.actions.entering import save_value, submit
from shoushan.returns.actions.merging import move_month
from shoushan.returns.actions.periods import (
    Terms,
    change_clocks,
    clocks_version,
    grant_exemption,
    open_period,
    open_year_by_rule,
)
from shoushan.returns.actions.reminding import remind, remind_by_ladder
from shoushan.returns.actions.verifying import accept, send_back

__all__ = [
    "Terms",
    "accept",
    "agree_correction",
    "ask_correction",
    "ask_exception",
    "change_clocks",
    "clocks_version",
    "decline_correction",
    "decline_exception",
    "grant_exception",
    "grant_exemption",
    "move_month",
    "open_period",
    "open_year_by_rule",
    "remind",
    "remind_by_ladder",
    "save_value",
    "send_back",
    "submit",
]
