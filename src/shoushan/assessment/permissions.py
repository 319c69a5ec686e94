"""Who reads the year's scores, and who freezes, runs and publishes."""

import rules

from shoushan.orgs.access import assessor
from shoushan.orgs.models import Person


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("assessment.view", rules.Predicate(holds_a_post, name="assessment_holds_a_post"))
    rules.add_perm("assessment.manage", assessor)


def holds_a_post(person: Person) -> bool:
    return bool(person.is_authenticated and person.posts_held())
