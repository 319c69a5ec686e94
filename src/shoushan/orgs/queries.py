"""Questions about units and the people in their posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shoushan.orgs.models import Person, Post, Unit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the tree, with how deep it stands and who holds its posts."""

    unit: Unit
    depth: int
    posts: list[Post]


def district_name() -> str:
    """The district's name, as the bar shows it; empty before it is founded."""
    root = Unit.objects.filter(depth=1).first()
    return root.name if root else ""


def unit_rows(person: Person, *, on: date) -> list[UnitRow]:
    """The units a person sees, in tree order, with the posts held on a day."""
    units = list(Unit.objects.existing(on=on).visible_to(person))
    held: dict[int, list[Post]] = {}
    for post in Post.objects.held(on=on).filter(unit__in=units).select_related("person"):
        held.setdefault(post.unit_id, []).append(post)
    return [UnitRow(unit, unit.depth, held.get(unit.pk, [])) for unit in units]
