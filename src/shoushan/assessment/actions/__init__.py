"""A scheme from its first rule to its publication; a year from freezing to what follows."""

from shoushan.assessment.actions.answering import accept, refuse
from shoushan.assessment.actions.archiving import archive
from shoushan.assessment.actions.consulting import answer_comment, comment, consult, publish_scheme, withdraw
from shoushan.assessment.actions.deciding import Decision, decide
from shoushan.assessment.actions.drafting import (
    Writing,
    answer_question,
    drop_case,
    drop_rule,
    keep_case,
    put_part,
    put_rule,
    set_head,
    start_draft,
)
from shoushan.assessment.actions.freezing import freeze
from shoushan.assessment.actions.objecting import admit, appeal, object_to
from shoushan.assessment.actions.publishing import announce, publish
from shoushan.assessment.actions.rating import Asked, close_panel, issue_links, open_panel, vote
from shoushan.assessment.actions.running import run_scheme

__all__ = [
    "Asked",
    "Decision",
    "Writing",
    "accept",
    "admit",
    "announce",
    "answer_comment",
    "answer_question",
    "appeal",
    "archive",
    "close_panel",
    "comment",
    "consult",
    "decide",
    "drop_case",
    "drop_rule",
    "freeze",
    "issue_links",
    "keep_case",
    "object_to",
    "open_panel",
    "publish",
    "publish_scheme",
    "put_part",
    "put_rule",
    "refuse",
    "run_scheme",
    "set_head",
    "start_draft",
    "vote",
    "withdraw",
]
