"""Who reads the year's scores, and who freezes, runs and publishes."""

import rules

from shoushan.orgs.access import assessor, holds_a_post


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("assessment.view", holds_a_post)
    rules.add_perm("assessment.manage", assessor)
