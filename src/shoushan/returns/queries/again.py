"""The same file beside two things: a hint to whoever verifies, since one photograph proves one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from shoushan.evidence.models import Evidence
from shoushan.orgs.models import Person
from shoushan.returns.models import Value

MOST = 5


@dataclass(frozen=True, slots=True)
class Again:
    """A file that is also beside something else: what, and since when; foreign things are not named."""

    name: str
    thing: Any
    use: Evidence

    @property
    def url(self) -> str:
        """The page of the other thing, where it has one."""
        return self.thing.get_absolute_url() if hasattr(self.thing, "get_absolute_url") else ""


def seen_before(value: Value, files: Iterable[Evidence], person: Person) -> list[Again]:
    """Where else the files of a figure are, each with the thing it stands beside."""
    names = {each.file_id: each.name for each in files}
    if not names:
        return []
    own = ContentType.objects.get_for_model(Value)
    uses = Evidence.objects.filter(file__in=names).standing().exclude(subject_type=own, subject_id=value.pk)
    found = uses.select_related("subject_type").prefetch_related("subject").order_by("pk")[:MOST]
    return [Again(names[use.file_id], use.subject if _is_seen(use.subject, person) else None, use) for use in found]


def _is_seen(thing: Any, person: Person) -> bool:
    unit = thing.entry.unit if isinstance(thing, Value) else getattr(thing, "unit", None)
    return unit is not None and person.sees(unit)
