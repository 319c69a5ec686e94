"""What is done for whoever brings a matter, by what it is about, beside the stages that every register has."""

from shoushan.core.errors import mark
from shoushan.lines.petitions.actions.conflicts import lift_conflict, state_conflict
from shoushan.lines.petitions.actions.identity import marks_of, meet_again, open_identity, seal, show_identity
from shoushan.lines.petitions.actions.keys import destroy_key, key_for, rewrap
from shoushan.lines.petitions.actions.matters import (
    assign,
    digest_of,
    in_groups,
    issue_code,
    may_until,
    object_to_transfer,
    rate,
    register,
)
from shoushan.lines.petitions.actions.retention import decide_erasure, propose_erasure

# what is done here and nowhere else, as the timeline says it
VERBS = (
    mark("sealed"), mark("met again"), mark("shown"), mark("kept out"), mark("let in"), mark("rated"), mark("assigned"),
    mark("key made"), mark("key destroyed"), mark("destroyed"), mark("kept on"),
)  # fmt: skip

__all__ = [
    "assign",
    "decide_erasure",
    "destroy_key",
    "digest_of",
    "in_groups",
    "issue_code",
    "key_for",
    "lift_conflict",
    "marks_of",
    "may_until",
    "meet_again",
    "object_to_transfer",
    "open_identity",
    "propose_erasure",
    "rate",
    "register",
    "rewrap",
    "seal",
    "show_identity",
    "state_conflict",
]
