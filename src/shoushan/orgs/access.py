"""The predicates every permission is built from; an app names its permissions in its own `permissions.py`."""

from __future__ import annotations

from typing import Any

import rules

from shoushan.orgs.models import Person, Post, Unit

Role = Post.Role


def holding(*roles: str) -> rules.Predicate:
    """True for whoever holds one of the roles today, wherever."""

    def holds(person: Person) -> bool:
        return person.is_authenticated and person.holds(*roles)

    return rules.Predicate(holds, name="holding_" + "_".join(roles))


def unit_of(thing: Any) -> Unit | None:
    """The unit a thing belongs to: the thing itself, or its `unit`."""
    return thing if isinstance(thing, Unit) else getattr(thing, "unit", None)


def reaching(*roles: str) -> rules.Predicate:
    """True for whoever holds one of the roles at the thing's unit or above; without a thing, anywhere."""

    def reaches(person: Person, thing: Any = None) -> bool:
        if not person.is_authenticated:
            return False
        unit = unit_of(thing)
        return person.holds(*roles) if unit is None else person.reaches(unit, *roles)

    return rules.Predicate(reaches, name="reaching_" + "_".join(roles))


@rules.predicate
def signed_in(person: Person) -> bool:
    return person.is_authenticated


@rules.predicate
def holds_a_post(person: Person, thing: Any = None) -> bool:
    return bool(person.is_authenticated and person.posts_held())


@rules.predicate
def sees_unit(person: Person, thing: Any = None) -> bool:
    """The district's own offices see every unit; others their own and those below."""
    if not person.is_authenticated:
        return False
    unit = unit_of(thing)
    return unit is None or person.sees(unit)


leader = holding(Role.LEADER)
supervisor = holding(Role.SUPERVISOR)
assessor = holding(Role.ASSESSOR)
auditor = holding(Role.AUDITOR)
administrator = holding(Role.ADMINISTRATOR)
district_wide = holding(*Post.DISTRICT_WIDE)
