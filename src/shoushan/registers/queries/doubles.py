"""Records that may be the one about to be entered: the same code, a like name or address, a near place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Model, Q
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
    """A record that may be the same one, and what makes one think so.

    ``is_certain``: a code that tells one record from another is the same. ``is_seen``: the person may open it; of
    another unit's record they learn that this unit has it, and nothing more.
    """

    record: Record
    because: str
    field: str = ""
    is_certain: bool = False
    is_seen: bool = True

    @property
    def words(self) -> str:
        """What the person may be told of it."""
        named = [self.record.name] if self.is_seen else []
        return " · ".join([*named, self.record.unit.name, self.because])


def likely(line: Line, person: Person, fields: Mapping[str, Any], *, apart: int | None = None) -> list[Likely]:
    """Up to five records that the new one may double, the surest first; a handful of questions."""
    known = line.model.objects.visible_to(person).standing().exclude(pk=apart).select_related("unit")
    found: dict[int, Likely] = {}
    exact = [*of_codes(line, [fields], apart=apart), *of_same(line, [fields], apart=apart)]
    keys = [each.record.pk for each in exact]
    seen = {*line.model.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True)}
    for each in exact:
        found.setdefault(each.record.pk, replace(each, is_seen=each.record.pk in seen))
    for likeness in _near_places(line, known, fields):
        found.setdefault(likeness.record.pk, likeness)
    for name in line.near:
        for likeness in _alike(line, known, name, str(fields.get(name) or "")):
            found.setdefault(likeness.record.pk, likeness)
    return list(found.values())[:MOST_TOLD]


def of_codes(line: Line, entries: Sequence[Mapping[str, Any]], *, apart: int | None = None) -> Iterable[Likely]:
    """Records with a code of one of the entries, whoever's they are; what was merged is told by where it went."""
    for name in line.codes:
        values = {each[name] for each in entries if each.get(name)}
        if not values:
            continue
        rows = line.model.objects.filter(**{f"{name}__in": values}).select_related("unit", "merged_into__unit")
        for record in rows:
            stands = record.merged_into or record
            if apart not in (record.pk, stands.pk):
                because = str(_("the same %(field)s") % {"field": label_of(line, name)})
                yield Likely(stands, because, name, is_certain=True, is_seen=False)


def of_same(line: Line, entries: Sequence[Mapping[str, Any]], *, apart: int | None = None) -> Iterable[Likely]:
    """Records equal to one of the entries in all the fields that tell a double, whoever's they are.

    A register that hides single records from single people tells nothing of those it hides.
    """
    if not line.same or not line.model.seen_alike:
        return
    wanted = {told_apart_by(line, each) for each in entries}
    rows = line.model.objects.standing().exclude(pk=apart).filter(name__in={each.get("name") for each in entries})
    for record in rows.select_related("unit"):
        if told_apart_by(line, {name: getattr(record, _column(line, name)) for name in line.same}) in wanted:
            words = ", ".join(label_of(line, name) for name in line.same)
            yield Likely(record, str(_("the same %(field)s") % {"field": words}), line.same[0], is_seen=False)


def told_apart_by(line: Line, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The fields that tell a double; another record by its number, nothing as an empty word."""
    found = (values.get(name) for name in line.same)
    return tuple(value.pk if isinstance(value, Model) else "" if value is None else value for value in found)


def _column(line: Line, name: str) -> str:
    return str(line.model._meta.get_field(name).attname)  # type: ignore[union-attr]


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
