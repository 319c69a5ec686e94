"""Who reads documents, who decides what they commit to, and who divides it."""

import rules

from shoushan.orgs.access import supervisor
from shoushan.orgs.models import Person


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("plans.view", rules.Predicate(holds_a_post, name="plans_holds_a_post"))
    rules.add_perm("plans.decide", supervisor)
    rules.add_perm("plans.divide", supervisor)


def holds_a_post(person: Person) -> bool:
    return bool(person.is_authenticated and person.posts_held())
