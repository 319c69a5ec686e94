"""From a running year to a final result: freeze, run, announce, object, answer, publish, decide what follows."""

from shoushan.assessment.actions.answering import accept, refuse
from shoushan.assessment.actions.archiving import archive
from shoushan.assessment.actions.deciding import Decision, decide
from shoushan.assessment.actions.freezing import freeze
from shoushan.assessment.actions.objecting import admit, appeal, object_to
from shoushan.assessment.actions.publishing import announce, publish
from shoushan.assessment.actions.rating import Asked, close_panel, issue_links, open_panel, vote
from shoushan.assessment.actions.running import run_scheme

__all__ = [
    "Asked",
    "Decision",
    "accept",
    "admit",
    "announce",
    "appeal",
    "archive",
    "close_panel",
    "decide",
    "freeze",
    "issue_links",
    "object_to",
    "open_panel",
    "publish",
    "refuse",
    "run_scheme",
    "vote",
]
