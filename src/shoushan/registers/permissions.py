"""Who sees a register, works in it, and confirms its stages."""

from __future__ import annotations

import rules

from shoushan.orgs.access import administrator, holds_a_post
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import Record


def add() -> None:
    """Called once, when the app is ready."""
    # whoever holds a post opens a register; which records they see, `visible_to` decides
    rules.add_perm("registers.view", holds_a_post)
    # the district's own columns are a matter of administration
    rules.add_perm("registers.define", administrator)
    for name, predicate in (("work", works), ("confirm", confirms), ("take_back", takes_back)):
        rules.add_perm(f"registers.{name}", rules.Predicate(predicate, name=f"registers_{name}"))


def works(person: Person, thing: Line | Record | None = None) -> bool:
    """The line's own officers enter and move its records, those of a subdistrict only its own."""
    return _looks_after(person, thing, "officer")


def confirms(person: Person, thing: Line | Record | None = None) -> bool:
    """The line's own verifiers confirm; that they are not the doer, the action sees to."""
    return _looks_after(person, thing, "verifier")


def takes_back(person: Person, thing: Line | Record | None = None) -> bool:
    """Officers take back what nobody confirmed yet, verifiers what was confirmed; which is which, the action sees."""
    return works(person, thing) or confirms(person, thing)


def _looks_after(person: Person, thing: Line | Record | None, role: str) -> bool:
    if not person.is_authenticated or thing is None:
        return False
    if isinstance(thing, Line):
        return thing.home in person.lines_as(role)
    return person.works_for(thing.work_line(), thing.unit, role)
