"""Letters, photographs, transcripts beside a matter: sealed with its key before they are on disk."""

from __future__ import annotations

from shoushan.lines.petitions import vault
from shoushan.lines.petitions.actions import key_for
from shoushan.lines.petitions.models import Conflict, Matter, MatterKey
from shoushan.orgs.models import Person
from shoushan.registers.actions import locked


class Store:
    """What `shoushan.evidence.stores` asks for."""

    def seal(self, thing: Matter, data: bytes, proves: str, *, by: Person) -> bytes:
        return key_for(locked(thing), vault.ring(), by=by).seal(data, _place(thing, proves))

    def open(self, thing: Matter, sealed: bytes, proves: str) -> bytes:
        key = vault.key_of(MatterKey.objects.get(matter=thing), vault.ring())
        return key.open(sealed, _place(thing, proves))

    def may_open(self, thing: Matter, person: Person) -> bool:
        """The line's officers and verifiers, for the district or the unit, without a conflict of interest."""
        handles = person.has_perm("registers.work", thing) or person.has_perm("registers.confirm", thing)
        return handles and not Conflict.objects.keeping_out(person).filter(matter=thing).exists()


def _place(matter: Matter, proves: str) -> str:
    """A file is bound to its matter and to the stage it proves."""
    return vault.place(matter.pk, f"file {proves}")
