"""What is done in a month: it opens, values are saved, submitted, verified, and exceptions are granted."""

from shoushan.returns.actions.drawing import conclude, draw
from shoushan.returns.actions.entering import save_value, submit
from shoushan.returns.actions.periods import grant_exemption, open_period
from shoushan.returns.actions.several import accept_several
from shoushan.returns.actions.turns import assign_turns
from shoushan.returns.actions.verifying import accept, send_back

__all__ = [
    "accept",
    "accept_several",
    "assign_turns",
    "conclude",
    "draw",
    "grant_exemption",
    "open_period",
    "save_value",
    "send_back",
    "submit",
]
