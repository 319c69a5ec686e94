"""Sealing what only few may read: one key for each case, itself sealed by a master key from a file.

What is sealed begins with the id of its key, so that another key is told apart from altered bytes; and it is bound to
the place where it lies (table, row, field), so that it does not open anywhere else.

>>> key = Key.new()
>>> key.open(key.seal(b"words", "matter|7|name"), "matter|7|name")
b'words'
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from shoushan.core.errors import Refusal, mark
from shoushan.core.files import keep_whole

KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 4, 12
OTHERS = 0o077


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One secret of 256 bits; its id says which it is and nothing about it."""

    secret: bytes

    @classmethod
    def new(cls) -> Key:
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def id(self) -> bytes:
        return hashlib.sha256(b"shoushan key id\0" + self.secret).digest()[:ID_BYTES]

    def seal(self, text: bytes, place: str) -> bytes:
        """Bytes that open with this key at this place alone; the same text is sealed differently each time."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self.id + nonce + AESGCMSIV(self.secret).encrypt(nonce, text, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed; refused where another key sealed it, or where it was altered or moved."""
        if not self.sealed(sealed):
            raise _other_key(sealed)
        nonce, rest = sealed[ID_BYTES : ID_BYTES + NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return AESGCMSIV(self.secret).decrypt(nonce, rest, place.encode())
        except (InvalidTag, ValueError):
            raise Refusal(
                "sealed.altered",
                mark("What is sealed at “%(place)s” was altered, or moved here from elsewhere; it does not open."),
                hint=mark("Tell the administrator: the database was changed from outside."),
                params={"place": place},
            ) from None

    def sealed(self, sealed: bytes) -> bool:
        """Whether this key sealed it."""
        return hmac.compare_digest(sealed[:ID_BYTES], self.id)


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """The master keys of an installation, the present one last, and the secret of its marks."""

    masters: tuple[Key, ...]
    marks: bytes

    @classmethod
    def new(cls) -> Ring:
        return cls((Key.new(),), secrets.token_bytes(KEY_BYTES))

    def turned(self) -> Ring:
        """The same ring with a new master key; what the former ones sealed still opens."""
        return Ring((*self.masters, Key.new()), self.marks)

    def present_alone(self) -> Ring:
        """Without the former master keys: what they sealed, old backups too, opens no more."""
        return Ring(self.masters[-1:], self.marks)

    def wrap(self, key: Key, place: str) -> bytes:
        return self.masters[-1].seal(key.secret, place)

    def unwrap(self, wrapped: bytes, place: str) -> Key:
        for master in self.masters:
            if master.sealed(wrapped):
                return Key(master.open(wrapped, place))
        raise _other_key(wrapped)

    def is_present(self, wrapped: bytes) -> bool:
        """Whether the present master key sealed it."""
        return self.masters[-1].sealed(wrapped)

    def mark_of(self, words: Iterable[str]) -> str:
        """The same words give the same mark, and nobody without this ring can tell which words."""
        told = b"".join(len(word.encode()).to_bytes(4, "big") + word.encode() for word in words)
        return hmac.new(self.marks, told, hashlib.sha256).hexdigest()

    def written(self) -> bytes:
        lines = [f"master {master.secret.hex()}" for master in self.masters]
        return "\n".join([*lines, f"marks {self.marks.hex()}", ""]).encode("ascii")

    def keep(self, path: Path) -> None:
        """Put this ring in the place of the file's former one, whole."""
        keep_whole(path, self.written())

    @classmethod
    def read(cls, path: Path) -> Ring:
        """The ring of a file; refused where it is missing, open to others, or not a ring."""
        try:
            text, mode = path.read_text(encoding="ascii"), path.stat().st_mode
        except FileNotFoundError:
            raise Refusal(
                "sealed.no_keys",
                mark("The key file %(file)s is not there; nothing sealed can be opened."),
                hint=mark("Put it back from its own backup. A new one opens nothing that was sealed before."),
                params={"file": path.name},
            ) from None
        if mode & OTHERS:
            raise Refusal(
                "sealed.keys_open",
                mark("Others on this machine may read the key file %(file)s."),
                hint=mark("Let only the service's account read it: chmod 600."),
                params={"file": path.name},
            )
        words = [line.split() for line in text.splitlines()]
        try:
            masters = tuple(Key(_secret(word)) for kind, word in words if kind == "master")
            (marks,) = (_secret(word) for kind, word in words if kind == "marks")
        except ValueError:
            masters, marks = (), b""
        if not masters:
            raise Refusal(
                "sealed.keys_spoilt",
                mark("The key file %(file)s cannot be read."),
                hint=mark("Put it back from its own backup."),
                params={"file": path.name},
            )
        return cls(masters, marks)

    @classmethod
    def made(cls, path: Path) -> Ring:
        """The ring of a file, made where there is none; of two that make it at once, one is kept and both have it."""
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=path.parent) as aside:  # readable to its owner alone
                aside.write(cls.new().written())
                aside.flush()
                os.fsync(aside.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(aside.name, path)
        return cls.read(path)


def _secret(word: str) -> bytes:
    secret = bytes.fromhex(word)
    if len(secret) != KEY_BYTES:
        raise ValueError(len(secret))
    return secret


def _other_key(sealed: bytes) -> Refusal:
    return Refusal(
        "sealed.other_key",
        mark("This was sealed with key %(key)s, which is not among the keys here."),
        hint=mark("Put back the key file that belongs to this database."),
        params={"key": bytes(sealed[:ID_BYTES]).hex()},
    )
