"""A year's scheme, snapshots, runs, scores and lines; objections to them; what follows from them; raters' panels."""

from shoushan.assessment.models.consequences import NEEDS_BASIS, Consequence, Kind
from shoushan.assessment.models.drafts import SchemeComment, SchemeDraft
from shoushan.assessment.models.objections import Answer, Objection
from shoushan.assessment.models.panels import Mark, Panel, Tally, Ticket
from shoushan.assessment.models.runs import SEES_RANKS, Assessment, Score, ScoreLine, Snapshot

__all__ = [
    "NEEDS_BASIS",
    "SEES_RANKS",
    "Answer",
    "Assessment",
    "Consequence",
    "Kind",
    "Mark",
    "Objection",
    "Panel",
    "SchemeComment",
    "SchemeDraft",
    "Score",
    "ScoreLine",
    "Snapshot",
    "Tally",
    "Ticket",
]
