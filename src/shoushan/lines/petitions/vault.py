"""Where what a matter seals lies, and the ring of keys that opens it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from shoushan.core.errors import Refusal, mark
from shoushan.core.sealing import Key, Ring
from shoushan.lines.petitions.models import Identity, Matter, MatterKey


def path() -> Path:
    return Path(settings.KEYS) / "petitions.keys"


def ring() -> Ring:
    """The keys; made at the first use, and never anew while something is sealed with the ones that are gone."""
    return Ring.read(path()) if MatterKey.objects.exists() else Ring.made(path())


def place(matter_id: int, field: str) -> str:
    """What a sealed text is bound to: table, row and field."""
    return f"{Identity._meta.db_table}|{matter_id}|{field}"


def key_of(kept: MatterKey, keys: Ring) -> Key:
    """A matter's key; refused where it was destroyed."""
    if kept.destroyed_at is not None:
        raise Refusal(
            "sealed.destroyed",
            mark("What was sealed for this matter was destroyed on %(day)s, when the time to keep it had ended."),
            hint=mark("What was done about the matter stands on its page."),
            params={"day": timezone.localdate(kept.destroyed_at)},
        )
    return keys.unwrap(bytes(kept.key), place(kept.matter_id, "key"))


def mark_of(keys: Ring, matter: Matter, kind: str, number: str) -> str:
    """The mark of one person's number for one unit and one cause; nothing where there is no number."""
    digits = "".join(each for each in unicodedata.normalize("NFKC", number).upper() if each.isalnum())
    return keys.mark_of([kind, str(matter.unit_id), matter.cause, digits]) if digits else ""
