"""What is done in a month: it opens, values are saved, submitted, verified, and exceptions are granted."""

from shoushan.returns.actions.asking import (
    agree_correction,
    ask_correction,
    ask_exception,
    decline_correction,
    decline_exception,
    grant_exception,
)
from shoushan.returns.actions.cells import Cell, Done, Saved, plan_cells, save_cells, says_the_same
from shoushan.returns.actions.checking import Given
from shoushan.returns.actions.drawing import conclude, draw
from shoushan.returns.actions.entering import save_value, submit
from shoushan.returns.actions.merging import move_month
from shoushan.returns.actions.past import take_over
from shoushan.returns.actions.periods import (
    Terms,
    change_clocks,
    clocks_version,
    grant_exemption,
    open_period,
    open_year_by_rule,
)
from shoushan.returns.actions.reminding import remind, remind_by_ladder
from shoushan.returns.actions.several import accept_several
from shoushan.returns.actions.turns import assign_turns
from shoushan.returns.actions.verifying import accept, send_back

__all__ = [
    "Cell",
    "Done",
    "Given",
    "Saved",
    "Terms",
    "accept",
    "accept_several",
    "agree_correction",
    "ask_correction",
    "ask_exception",
    "assign_turns",
    "change_clocks",
    "clocks_version",
    "conclude",
    "decline_correction",
    "decline_exception",
    "draw",
    "grant_exception",
    "grant_exemption",
    "move_month",
    "open_period",
    "open_year_by_rule",
    "plan_cells",
    "remind",
    "remind_by_ladder",
    "save_cells",
    "save_value",
    "says_the_same",
    "send_back",
    "submit",
    "take_over",
]
