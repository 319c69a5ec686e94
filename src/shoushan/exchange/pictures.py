"""Photographs: the day the camera wrote into them, and a small picture of them; a hostile one can do no harm.

The day stands in the file's head, which Pillow reads in plain Python, so it is read here. Drawing the small picture
runs decoders in C over foreign bytes, so that happens in a process of its own. The place a camera may have written
beside the day is never read: whoever takes a picture has not agreed to tell it.
"""

from __future__ import annotations

import io
import struct
from base64 import b64decode
from datetime import date, datetime

from PIL import Image

from shoushan.core.errors import Refusal
from shoushan.exchange import confined

DRAWN = frozenset({"image/jpeg", "image/png", "image/webp"})
# EXIF is one of the first segments, and a segment has 64 KB.
HEAD_BYTES = 1024 * 1024
# of 64: what storing anew changes; pictures of different things differ in about 32
MOST_BITS = 5
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
