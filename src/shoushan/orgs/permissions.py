"""What may be done with units, posts and people."""

import rules

from shoushan.orgs.access import administrator, sees_unit, signed_in


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("orgs.view_unit", sees_unit)
    rules.add_perm("orgs.manage", administrator)
    rules.add_perm("orgs.own_tokens", signed_in)
