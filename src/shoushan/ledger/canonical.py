"""The bytes an event is made of: RFC 8785 JSON, no floats, NFC text; old versions verify for ever."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """A value as canonical JSON knows it; the same before a save and after a reload.

    Decimals lose trailing zeros (a column of four places would add them), moments are UTC with
    microseconds, text is NFC. A float is refused: it has no exact digits to sign.
    """
    if value is None or type(value) is bool:
        return value
    if type(value) is str:
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    match value:
        case int():
            return _small(value)
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return format(value.normalize(), "f") if value else "0"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return bytes(value).hex()
        case list() | tuple():
            return [plain(item) for item in value]
        case dict():
            return {_key(key): plain(item) for key, item in value.items()}
        case _:
            return _odd(value)


def _small(value: int) -> int:
    if abs(value) > LARGEST:
        raise ValueError("an integer beyond 2^53 is not the same number everywhere; give a string")
    return value


def _key(key: Any) -> str:
    text = str(key)
    if not text.isascii() and max(text) > BASIC_PLANE:
        raise ValueError("a key with characters beyond the basic plane has no order that all agree on")
    return text


def _odd(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("a float has no exact digits; give a Decimal or a string")
    if hasattr(value, "pk"):
        return value.pk
    return unicodedata.normalize("NFC", str(value))


def canonical(body: dict[str, Any]) -> bytes:
    """The canonical bytes of an event's body. Integers beyond 2^53 are refused by RFC 8785."""
    return written(plain(body))


# The standard library writes the bytes of RFC 8785 several times faster than a library for it, given what `plain`
# lets through: no floats, no integer beyond 2^53, no key beyond the basic plane, whose order would differ. Tests hold
# the two against each other.
_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
LARGEST = 2**53 - 1
BASIC_PLANE = "\uffff"


def written(body: dict[str, Any]) -> bytes:
    """The canonical bytes of what `plain` gave."""
    return _encoder.encode(body).encode("utf-8")


def leaf_hash(body: bytes) -> bytes:
    """The hash of one leaf (RFC 9162 §2.1.1): SHA-256 over 0x00 and the event's bytes."""
    return hashlib.sha256(b"\x00" + body).digest()


def root_hash(leaves: list[bytes]) -> bytes:
    """The head over all leaves (RFC 9162 §2.1.1), the empty ledger included."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = leaves
    while len(level) > 1:
        level = level_above(level)
    return level[0]


def level_above(level: list[bytes]) -> list[bytes]:
    """The next level of the tree (RFC 9162 §2.1.1): SHA-256 over 0x01 and two nodes; an odd last one goes up alone."""
    pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
    return pairs + ([level[-1]] if len(level) % 2 else [])
