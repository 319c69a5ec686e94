"""Photographs: the day the camera wrote into them, and a small picture of them; a hostile one can do no harm.

The day stands in the file's head, which Pillow reads in plain Python, so it is read here. Drawing the small picture
runs decoders in C over foreign bytes, so that happens in a process of its own. The place a camera may have written
beside the day is never read: whoever takes a picture has not agreed to tell it.
"""

from __future__ import annotations

import io
import struct
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from PIL import Image

from shoushan.core.errors import Refusal
from shoushan.exchange import confined

DRAWN = frozenset({"image/jpeg", "image/png", "image/webp"})
# EXIF is one of the first segments, and a segment has 64 KB.
HEAD_BYTES = 1024 * 1024
# of 64: what storing anew changes; pictures of different things differ in about 32
MOST_BITS = 5
# one piece more than bits may differ, so that one of them is the same
PIECES = list(pairwise(64 * number // (MOST_BITS + 1) for number in range(MOST_BITS + 2)))
DETAILS, TAKEN, DIGITIZED = 0x8769, 0x9003, 0x9004
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    Warning,
    Image.DecompressionBombError,
)


def taken_on(data: bytes) -> date | None:
    """The day a JPEG says it was taken; none where it says nothing that can be read."""
    try:
        with Image.open(io.BytesIO(data[:HEAD_BYTES]), formats=["JPEG"]) as picture:
            details = picture.getexif().get_ifd(DETAILS)
        said = str(details.get(TAKEN) or details.get(DIGITIZED) or "")
        return datetime.strptime(said[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a camera's own day has no zone
    except BROKEN:
        return None


def preview(data: bytes) -> bytes:
    """A small JPEG of a picture, or the file is refused."""
    return b64decode(confined.parse("picture", data)["preview"])


def look(data: bytes) -> str:
    """What a picture looks like, as 16 hexadecimal digits; nothing where it cannot be drawn or is one even surface."""
    try:
        found = str(confined.parse("look", data)["look"])
    except Refusal:
        return ""
    return "" if found.strip("0") == "" else found


def alike(one: str, other: str) -> bool:
    """Whether two looks are of the same picture, stored anew."""
    return bool(one and other) and (int(one, 16) ^ int(other, 16)).bit_count() <= MOST_BITS


def first_alike(looks: Iterable[str]) -> dict[str, str]:
    """Each look, and the first one given that is of the same picture: itself where there is none before it.

    Looks that differ in so few bits have one of a few pieces in common, so each is compared with those alone.
    """
    found: dict[str, str] = {}
    firsts: dict[tuple[int, int], list[int]] = defaultdict(list)
    for look in looks:
        if look in found:
            continue
        bits = int(look, 16)
        pieces = [(low, bits >> low & (1 << high - low) - 1) for low, high in PIECES]
        near = (first for piece in pieces for first in firsts[piece] if (first ^ bits).bit_count() <= MOST_BITS)
        first = next(near, bits)
        found[look] = f"{first:016x}"
        if first == bits:
            for piece in pieces:
                firsts[piece].append(bits)
    return found
