"""What is done about the month: warnings are computed anew and put off, forecasts are kept."""

from shoushan.dispatch.actions.forecasts import foretell
from shoushan.dispatch.actions.warnings import MOST_DAYS, Recomputed, recompute, snooze, wake

__all__ = ["MOST_DAYS", "Recomputed", "foretell", "recompute", "snooze", "wake"]
