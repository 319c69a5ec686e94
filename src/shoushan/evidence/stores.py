"""Things whose evidence is kept sealed: apps say which, and who opens it, in ``AppConfig.ready``.

    stores.add(Matter, store)       files put beside a matter are sealed before they are on disk, and opened one by one

The store of a thing seals and opens bytes; what is kept on disk, under the hash of the sealed bytes, tells nothing.
The name a file came with is sealed with it, since it may hold a person's name.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models

NAME_BYTES = 2


class Store(Protocol):
    """What seals the evidence of one kind of thing."""

    def seal(self, thing: Any, data: bytes, proves: str, *, by: Any) -> bytes: ...

    def open(self, thing: Any, sealed: bytes, proves: str) -> bytes: ...

    def may_open(self, thing: Any, person: Any) -> bool: ...


_stores: dict[type[models.Model], Store] = {}


def add(kind: type[models.Model], store: Store) -> None:
    """Enter the store of a kind of thing."""
    _stores[kind] = store


def of(thing: models.Model) -> Store | None:
    """The store that a thing's evidence is sealed in; none where it is kept as received."""
    return _stores.get(type(thing))


def wrapped(name: str, data: bytes) -> bytes:
    """A file and the name it came with, as one."""
    told = name.encode()
    return len(told).to_bytes(NAME_BYTES, "big") + told + data


def unwrapped(data: bytes) -> tuple[str, bytes]:
    """The name a file came with, and the file."""
    end = NAME_BYTES + int.from_bytes(data[:NAME_BYTES], "big")
    return data[NAME_BYTES:end].decode(), data[end:]
