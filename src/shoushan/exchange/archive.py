"""The limits of an archive: Word and Excel files are zip archives, and a small one can unpack to gigabytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from shoushan.core.errors import Refusal, mark

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 100
# A short part may shrink a hundredfold without harm: empty tables do.
RATIO_FROM = 1024 * 1024
MOST_PROLOG = 64 * 1024
CONTENT_TYPES = "[Content_Types].xml"
LOCAL_HEADER = 30
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    ValueError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


def check(data: bytes) -> str:
    """Refuse what could harm; return the archive's list of content types."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            entries = opened.infolist()
            _check_entries(entries)
            _check_overlap(entries, data)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_prolog(opened, entry)
            return opened.read(CONTENT_TYPES)[: 1024 * 1024].decode("utf-8", "replace")
    except KeyError:
        raise damaged() from None
    except BROKEN:
        raise damaged() from None


def damaged() -> Refusal:
    return Refusal(
        "file.damaged",
        mark("This file is too large or damaged."),
        hint=mark("Open it, copy what is needed into a new file, and choose that one."),
    )


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refusal(
            "file.locked",
            mark("This file is locked with a password, or of an older format."),
            hint=mark("Open it, remove the password, and save it again."),
        )
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        or any(
            entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    ):
        raise _bomb()
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len(set(names)) < len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise damaged()


def _check_overlap(entries: list[zipfile.ZipInfo], data: bytes) -> None:
    """Refuse entries that share bytes: that is how a few kilobytes declare terabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _bomb()
        name_length, extra_length = struct.unpack_from("<HH", data, entry.header_offset + 26)
        end = entry.header_offset + LOCAL_HEADER + name_length + extra_length + entry.compress_size
    if end > len(data):
        raise damaged()


def _check_prolog(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a document type: Office never writes one, and its entities swallow the text after them."""

    def refuse_doctype(*declared: object) -> None:
        raise Refusal(
            "file.doctype",
            mark("This file holds definitions that could draw in other files, so it is not opened."),
            hint=mark("Open it, copy what is needed into a new file, and choose that one."),
        )

    begun: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = lambda name, attributes: begun.append(name)
    read = 0
    with opened.open(entry) as part:
        while not begun:
            chunk = part.read(4096)
            read += len(chunk)
            if not chunk or read > MOST_PROLOG:
                raise damaged()
            try:
                parser.Parse(chunk)
            except expat.ExpatError:
                # What follows the first element is the reader's matter, in its own process.
                if not begun:
                    raise damaged() from None


def _bomb() -> Refusal:
    return Refusal(
        "file.bomb",
        mark("Unpacked, this file would be far larger than it looks, so it is not opened."),
        hint=mark("Open it, copy what is needed into a new file, and choose that one."),
    )
