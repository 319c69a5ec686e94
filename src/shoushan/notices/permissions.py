"""What may be done with notices."""

import rules

from shoushan.orgs.access import Role, holding, signed_in


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("notices.view", signed_in)
    rules.add_perm("notices.send_again", holding(Role.SUPERVISOR, Role.ADMINISTRATOR))
