"""Who sees the year, who prepares and chairs its meetings, and who does and closes what they decide."""

import rules

from shoushan.orgs.access import Role, holds_a_post, leader, reaching, sees_unit, supervisor


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("dispatch.view", holds_a_post)
    rules.add_perm("dispatch.prepare", supervisor)
    rules.add_perm("dispatch.run", leader | supervisor)
    rules.add_perm("dispatch.chair", leader)
    rules.add_perm("dispatch.supervise", supervisor)
    rules.add_perm("dispatch.view_follow_up", sees_unit)
    rules.add_perm("dispatch.do", reaching(Role.HEAD, Role.OFFICER, Role.REPORTER))
    # judges the month anew, and puts a warning off
    rules.add_perm("dispatch.judge", supervisor)
