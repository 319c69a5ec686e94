"""Questions about units and the people in their posts."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shoushan.core.scripts import searchable
from shoushan.ledger import kept
from shoushan.orgs.actions import digest_of
from shoushan.orgs.models import Person, Post, Token, Unit
from shoushan.web.finding import Hit


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the tree, with how deep it stands and who holds its posts."""

    unit: Unit
    depth: int
    posts: list[Post]


def holder_of(secret: str, *, on: date, only_calendar: bool = False) -> Person | None:
    """Whose key this is, if it is neither revoked nor at its end and they may sign in."""
    digest = digest_of(secret)
    known = (
        Token.objects.filter(digest=digest, only_calendar=only_calendar, revoked_at__isnull=True, ends_on__gte=on)
        .filter(person__is_active=True)
        .select_related("person")
        .first()
    )
    return known.person if known and hmac.compare_digest(known.digest, digest) else None


def district_name() -> str:
    """The district's name, as the bar shows it; empty before it is founded."""
    return kept.until_written("orgs.district_name", _district_name)


def _district_name() -> str:
    root = Unit.objects.filter(depth=1).first()
    return root.name if root else ""


def unit_rows(person: Person, *, on: date) -> list[UnitRow]:
    """The units a person sees, in tree order, with the posts held on a day."""
    units = list(Unit.objects.existing(on=on).visible_to(person))
    held: dict[int, list[Post]] = {}
    for post in Post.objects.held(on=on).filter(unit__in=units).select_related("person"):
        held.setdefault(post.unit_id, []).append(post)
    return [UnitRow(unit, unit.depth, held.get(unit.pk, [])) for unit in units]


def find(person: Person, words: list[str]) -> Iterable[Hit]:
    """Units with all the words in one of their names, for /search/."""
    for unit in Unit.objects.visible_to(person):
        names = searchable(f"{unit.name} {unit.full_name} {unit.also_called}")
        if all(word in names for word in words):
            yield Hit(unit.name, unit.get_absolute_url(), unit.get_kind_display())
