"""What is done in a month: it opens, values are saved, submitted, verified, and exceptions are granted."""

from shoushan.returns.actions.cells import Cell, Done, Saved, plan_cells, save_cells, says_the_same
from shoushan.returns.actions.checking import Given
from shoushan.returns.actions.drawing import conclude, draw
from shoushan.returns.actions.entering import save_value, submit
from shoushan.returns.actions.past import take_over
from shoushan.returns.actions.periods import grant_exemption, open_period
from shoushan.returns.actions.several import accept_several
from shoushan.returns.actions.turns import assign_turns
from shoushan.returns.actions.verifying import accept, send_back

__all__ = [
    "Cell",
    "Done",
    "Given",
    "Saved",
    "accept",
    "accept_several",
    "assign_turns",
    "conclude",
    "draw",
    "grant_exemption",
    "open_period",
    "plan_cells",
    "save_cells",
    "save_value",
    "says_the_same",
    "send_back",
    "submit",
    "take_over",
]
