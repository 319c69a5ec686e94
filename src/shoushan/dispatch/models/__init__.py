"""The monthly dispatch meeting (调度会) and what it leads to (督办事项)."""

from shoushan.dispatch.models.follow_ups import Extension, FollowUp
from shoushan.dispatch.models.meetings import AgendaItem, Meeting, Statement

__all__ = ["AgendaItem", "Extension", "FollowUp", "Meeting", "Statement"]
