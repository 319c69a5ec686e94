"""Who sees the year: everybody who holds a post in the district."""

import rules

from shoushan.orgs.access import holds_a_post, supervisor


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("dispatch.view", holds_a_post)
    # judges the month anew, and puts a warning off
    rules.add_perm("dispatch.judge", supervisor)
