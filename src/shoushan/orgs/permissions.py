"""What may be done with units, posts, people, and their ledger."""

import rules

from shoushan.orgs.access import Role, administrator, holding, sees_unit, signed_in


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("orgs.view_unit", sees_unit)
    rules.add_perm("orgs.manage", administrator)
    rules.add_perm("orgs.own_tokens", signed_in)
    rules.add_perm("ledger.view_all", holding(Role.AUDITOR, Role.ADMINISTRATOR))
    rules.add_perm("ledger.verify", holding(Role.AUDITOR, Role.ADMINISTRATOR))
