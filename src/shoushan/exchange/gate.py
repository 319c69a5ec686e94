"""The gate every foreign file passes before anything looks inside it: size, kind, content, archive.

A kind is named by its usual ending (``docx``); ``TEXTS``, ``SHEETS`` and ``EVIDENCE`` are the sets pages ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from shoushan.core.errors import Refusal, mark
from shoushan.exchange import archive

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """What a file is, by its content and its ending together."""

    key: str
    media_type: str
    endings: tuple[str, ...]
    signs: tuple[bytes, ...] = ()
    sign_at: int = 0
    main_part: str = ""
    macros: bool = False


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_MACROS = "application/vnd.ms-word.document.macroEnabled"
EXCEL_MACROS = "application/vnd.ms-excel.sheet.macroEnabled"

KINDS = {
    kind.key: kind
    for kind in (
        Kind("txt", "text/plain", (".txt",)),
        Kind("csv", "text/csv", (".csv",)),
        Kind("docx", WORD, (".docx",), main_part=WORD),
        Kind("xlsx", EXCEL, (".xlsx",), main_part=EXCEL),
        Kind("docm", WORD_MACROS + ".12", (".docm",), main_part=WORD_MACROS, macros=True),
        Kind("xlsm", EXCEL_MACROS + ".12", (".xlsm",), main_part=EXCEL_MACROS, macros=True),
        Kind("pdf", "application/pdf", (".pdf",), (b"%PDF-",)),
        Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
        Kind("png", "image/png", (".png",), (b"\x89PNG\r\n\x1a\n",)),
        Kind("webp", "image/webp", (".webp",), (b"WEBP",), 8),
        Kind("heic", "image/heic", (".heic",), (b"ftyphei", b"ftypmif1", b"ftyphevc"), 4),
    )
}
TEXTS = frozenset({"txt", "docx"})
SHEETS = frozenset({"xlsx", "csv"})
EVIDENCE = frozenset(KINDS)
PLAIN = frozenset({"txt", "csv"})

# Older Office files, and today's when locked with a password, are OLE containers.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_ENDINGS = {".doc": ".docx", ".dot": ".docx", ".wps": ".docx", ".xls": ".xlsx", ".xlsb": ".xlsx", ".et": ".xlsx"}
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def check(data: bytes, name: str, *, kinds: frozenset[str]) -> Kind:
    """Say what kind of file this is, or refuse it with what to do instead."""
    check_size(len(data))
    ending = PurePath(name.replace("\\", "/")).suffix.lower()
    kind = _kind_by_ending(ending, kinds)
    if kind.main_part:
        _check_office(data, kind, ending)
    elif kind.key in PLAIN:
        _check_plain(data, ending)
    elif not data.startswith(kind.signs, kind.sign_at):
        raise _not_as_named(ending)
    return kind


def check_size(size: int) -> None:
    """Whether so many bytes are taken at all; can be asked before they are read."""
    if not size:
        raise Refusal(
            "file.empty", mark("This file is empty."), hint=mark("Check that it is the right file and choose it again.")
        )
    if size > MOST_BYTES:
        raise Refusal(
            "file.too_large",
            mark("This file has %(size)s MB; at most %(most)s MB can be taken."),
            hint=mark("Split it into parts, or make its pictures smaller."),
            params={"size": -(-size // 2**20), "most": MOST_BYTES // 2**20},
        )


def _kind_by_ending(ending: str, kinds: frozenset[str]) -> Kind:
    if ending in OLD_ENDINGS:
        raise Refusal(
            "file.old_format",
            mark("Files ending in %(ending)s are of an older format that is not read here."),
            hint=mark("Open it and save it as %(better)s."),
            params={"ending": ending, "better": OLD_ENDINGS[ending]},
        )
    kind = next((kind for kind in KINDS.values() if ending in kind.endings), None)
    if kind is not None and kind.key in kinds:
        return kind
    if kind is not None and kind.macros:
        raise _macros(kind.endings[0])
    raise Refusal(
        "file.kind",
        mark("A file ending in “%(ending)s” cannot be taken here."),
        hint=mark("Choose a file of one of these kinds: %(allowed)s."),
        params={"ending": ending, "allowed": " ".join(KINDS[key].endings[0] for key in KINDS if key in kinds)},
    )


def _check_office(data: bytes, kind: Kind, ending: str) -> None:
    if data.startswith(OLE):
        raise Refusal(
            "file.locked",
            mark("This file is locked with a password, or of an older format."),
            hint=mark("Open it, remove the password, and save it as %(better)s."),
            params={"better": ending},
        )
    if not data.startswith(b"PK\x03\x04"):
        raise _not_as_named(ending)
    types = archive.check(data)
    if not kind.macros and ("macroEnabled" in types or "vbaProject" in types):
        raise _macros(ending + "m")
    if kind.main_part not in types:
        raise _not_as_named(ending)


def _check_plain(data: bytes, ending: str) -> None:
    # UTF-16 is full of zero bytes, and says so with its byte order mark.
    if not data.startswith(BYTE_ORDER_MARKS) and b"\0" in data:
        raise _not_as_named(ending)
    if data.startswith(
        (OLE, b"PK\x03\x04", *(sign for kind in KINDS.values() for sign in kind.signs if sign != b"WEBP"))
    ):
        raise _not_as_named(ending)


def _not_as_named(ending: str) -> Refusal:
    return Refusal(
        "file.content",
        mark("What is in this file does not fit its ending “%(ending)s”."),
        hint=mark("Open it in the program it was made with and save it again; changing the name is not enough."),
        params={"ending": ending},
    )


def _macros(ending: str) -> Refusal:
    return Refusal(
        "file.macros",
        mark("This file can carry macros (%(ending)s); it can be kept as evidence, but not read."),
        hint=mark("Save it as an ordinary .docx or .xlsx, without macros."),
        params={"ending": ending},
    )
