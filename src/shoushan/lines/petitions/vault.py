"""Where a matter's identity lies sealed, and the ring of keys that opens it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from django.conf import settings

from shoushan.core.sealing import Key, Ring
from shoushan.lines.petitions.models import Identity, Matter


def path() -> Path:
    return Path(settings.KEYS) / "petitions.keys"


def ring() -> Ring:
    """The keys; made at the first use, and never anew while something is sealed with the ones that are gone."""
    return Ring.read(path()) if Identity.objects.exists() else Ring.made(path())


def place(matter_id: int, field: str) -> str:
    """What a sealed text is bound to: table, row and field."""
    return f"{Identity._meta.db_table}|{matter_id}|{field}"


def key_of(identity: Identity, keys: Ring) -> Key:
    return keys.unwrap(bytes(identity.key), place(identity.matter_id, "key"))


def mark_of(keys: Ring, matter: Matter, kind: str, number: str) -> str:
    """The mark of one person's number for one unit and one cause; nothing where there is no number."""
    digits = "".join(each for each in unicodedata.normalize("NFKC", number).upper() if each.isalnum())
    return keys.mark_of([kind, str(matter.unit_id), matter.cause, digits]) if digits else ""
