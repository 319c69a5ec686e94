"""What is done in a month: it opens, values are saved, submitted, verified, and exceptions are granted."""

from shoushan.returns.actions.entering import save_value, submit
from shoushan.returns.actions.periods import grant_exemption, open_period
from shoushan.returns.actions.verifying import accept, send_back

__all__ = ["accept", "grant_exemption", "open_period", "save_value", "send_back", "submit"]
