"""Who sees a register, works in it, and confirms its stages."""

from __future__ import annotations

import rules

from shoushan.orgs.access import holds_a_post
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import Record


def add() -> None:
    """Called once, when the app is ready."""
    # whoever holds a post opens a register; which records they see, `visible_to` decides
    rules.add_perm("registers.view", holds_a_post)
    for name, predicate in (("work", works), ("confirm", confirms)):
        rules.add_perm(f"registers.{name}", rules.Predicate(predicate, name=f"registers_{name}"))


def works(person: Person, thing: Line | Record | None = None) -> bool:
    """The line's own officers enter and move its records."""
    return person.is_authenticated and _key(thing) in person.lines_as("officer")


def confirms(person: Person, thing: Line | Record | None = None) -> bool:
    """The line's own verifiers confirm; that they are not the doer, the action sees to."""
    return person.is_authenticated and _key(thing) in person.lines_as("verifier")


def _key(thing: Line | Record | None) -> str:
    return "" if thing is None else thing.key if isinstance(thing, Line) else thing.line_key
