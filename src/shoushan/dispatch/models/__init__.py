"""What lights up, how the year will probably end, the monthly meeting (调度会), and its follow-ups (督办事项)."""

from shoushan.dispatch.models.follow_ups import Extension, FollowUp
from shoushan.dispatch.models.forecasts import Forecast
from shoushan.dispatch.models.meetings import AgendaItem, Meeting, MinutesCorrection, Statement
from shoushan.dispatch.models.warnings import Alarm

__all__ = ["AgendaItem", "Alarm", "Extension", "FollowUp", "Forecast", "Meeting", "MinutesCorrection", "Statement"]
