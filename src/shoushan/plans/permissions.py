"""Who reads documents, who decides what they commit to, and who divides it."""

import rules

from shoushan.orgs.access import holds_a_post, supervisor


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("plans.view", holds_a_post)
    rules.add_perm("plans.decide", supervisor)
    rules.add_perm("plans.divide", supervisor)
