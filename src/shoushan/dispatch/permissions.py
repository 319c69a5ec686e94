"""Who sees the year: everybody who holds a post in the district."""

import rules

from shoushan.orgs.models import Person


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("dispatch.view", rules.Predicate(holds_a_post, name="holds_a_post"))


def holds_a_post(person: Person) -> bool:
    return bool(person.is_authenticated and person.posts_held())
