"""Records that may be the one about to be entered: the same code, a like name or address, a near place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shoushan.core.scripts import searchable
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line
from shoushan.registers.models import Record
from shoushan.registers.queries.wording import label_of

ALIKE = 0.8
MOST_LOOKED_AT = 200
MOST_TOLD = 5
PIECE = 3
# about 50 m: one degree of latitude is 111 km
NEAR_DEGREES = Decimal("0.0005")


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that may be the same one, and what makes one think so."""

    record: Record
    because: str


def likely(line: Line, person: Person, fields: Mapping[str, Any], *, apart: int | None = None) -> list[Likely]:
    """Up to five records that the new one may double, the surest first; a handful of questions."""
    known = line.model.objects.visible_to(person).standing().exclude(pk=apart).select_related("unit")
    found: dict[int, Likely] = {}
    for likeness in (*_same_codes(line, known, fields), *_near_places(line, known, fields)):
        found.setdefault(likeness.record.pk, likeness)
    for name in line.near:
        for likeness in _alike(line, known, name, str(fields.get(name) or "")):
            found.setdefault(likeness.record.pk, likeness)
    return list(found.values())[:MOST_TOLD]


def _same_codes(line: Line, known: Any, fields: Mapping[str, Any]) -> Iterable[Likely]:
    for name in line.codes:
        if value := fields.get(name):
            for record in known.filter(**{name: value})[:MOST_TOLD]:
                yield Likely(record, str(_("the same %(field)s") % {"field": label_of(line, name)}))


def _near_places(line: Line, known: Any, fields: Mapping[str, Any]) -> Iterable[Likely]:
    north, east = fields.get("latitude"), fields.get("longitude")
    if north is None or east is None:
        return
    around = Q(latitude__range=(north - NEAR_DEGREES, north + NEAR_DEGREES)) & Q(
        longitude__range=(east - NEAR_DEGREES, east + NEAR_DEGREES)
    )
    for record in known.filter(around)[:MOST_TOLD]:
        yield Likely(record, str(_("within about 50 metres")))


def _alike(line: Line, known: Any, name: str, value: str) -> Iterable[Likely]:
    """Records that share a piece of the words, compared whole."""
    words = searchable(value)
    if len(words) < PIECE:
        return
    pieces = {words[:PIECE], words[len(words) // 2 :][:PIECE], words[-PIECE:]}
    shared = Q()
    for piece in pieces:
        shared |= Q(search_words__contains=piece)
    scored = []
    for record in known.filter(shared).order_by("-pk")[:MOST_LOOKED_AT]:
        ratio = SequenceMatcher(None, words, searchable(str(getattr(record, name) or ""))).ratio()
        if ratio >= ALIKE:
            scored.append((ratio, record))
    for ratio, record in sorted(scored, key=lambda one: -one[0]):
        same = str(_("the same %(field)s")) if ratio == 1 else str(_("a like %(field)s"))
        yield Likely(record, same % {"field": label_of(line, name)})
