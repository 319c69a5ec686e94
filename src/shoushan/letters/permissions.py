"""Who sees letters, who issues them, and who signs."""

import rules

from shoushan.letters.models import Letter
from shoushan.orgs.access import sees_unit, supervisor
from shoushan.orgs.models import Person


def add() -> None:
    """Called once, when the app is ready."""
    rules.add_perm("letters.view", sees_unit)
    rules.add_perm("letters.manage", supervisor)
    signatory = rules.Predicate(is_signatory, name="is_signatory")
    rules.add_perm("letters.sign", signatory)
    rules.add_perm("letters.amend", supervisor | signatory)


def is_signatory(person: Person, letter: Letter | None = None) -> bool:
    """Only the two people named in the letter sign it."""
    if letter is None or not person.is_authenticated:
        return False
    return person.pk in {post.person_id for post in (letter.issuer, letter.receiver) if post is not None}
