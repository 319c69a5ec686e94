"""The chain from the document to the share."""

from shoushan.plans.models.documents import Document, Passage, Year
from shoushan.plans.models.goals import QUARTERS, Goal, Schedule, Share
from shoushan.plans.models.indicators import Indicator

__all__ = ["QUARTERS", "Document", "Goal", "Indicator", "Passage", "Schedule", "Share", "Year"]
