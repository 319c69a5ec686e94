"""What may be done with returns."""

import rules

from shoushan.orgs.access import Role, holding, reaching, sees_unit, supervisor


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("returns.view", sees_unit)
    rules.add_perm("returns.enter", reaching(Role.REPORTER))
    rules.add_perm("returns.verify", reaching(Role.VERIFIER))
    rules.add_perm("returns.assign", holding(Role.VERIFIER, Role.SUPERVISOR))
    rules.add_perm("returns.manage", supervisor)
