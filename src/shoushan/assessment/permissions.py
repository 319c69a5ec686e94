"""Who reads the year's scores, who runs and publishes, who objects and answers, and who decides what follows."""

import rules

from shoushan.orgs.access import Role, assessor, holding, holds_a_post, leader, reaching, supervisor


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("assessment.view", holds_a_post)
    rules.add_perm("assessment.manage", assessor)
    rules.add_perm("assessment.compare", holding(Role.LEADER, Role.SUPERVISOR, Role.ASSESSOR, Role.AUDITOR))
    # a unit's own people object; whoever answers had no hand in the figure (actions.answering)
    rules.add_perm("assessment.object", reaching(Role.HEAD, Role.REPORTER))
    rules.add_perm("assessment.answer", assessor | supervisor | leader)
    rules.add_perm("assessment.decide", leader)
    # a scheme is written by the office that assesses; units that are asked about it speak through their own people
    rules.add_perm("assessment.draft", assessor)
    rules.add_perm("assessment.comment", holding(Role.HEAD, Role.REPORTER))
