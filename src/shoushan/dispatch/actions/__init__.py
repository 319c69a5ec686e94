"""What is done about the month: warnings are put off, forecasts kept, meetings held, and follow-ups closed."""

from shoushan.dispatch.actions.forecasts import foretell
from shoushan.dispatch.actions.warnings import MOST_DAYS, Recomputed, recompute, snooze, wake

__all__ = ["MOST_DAYS", "Recomputed", "foretell", "recompute", "snooze", "wake"]
