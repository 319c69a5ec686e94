"""A small JPEG of a picture, upright and without anything the camera wrote beside it; run by ``child.py``."""

from __future__ import annotations

import io
import warnings
from base64 import b64encode

from PIL import Image, ImageOps

SIDE = 480
MOST_PIXELS = 64_000_000
FORMATS = ["JPEG", "PNG", "WEBP"]


def parse(data: bytes) -> dict[str, str]:
    """Whatever is wrong with the file ends this process, and the caller is told that the file is damaged."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        # a JPEG is decoded at an eighth of its size already, so twelve million pixels take no time
        opened.thumbnail((SIDE, SIDE))
        upright = ImageOps.exif_transpose(opened)
        # what is transparent lies on white
        drawn = Image.new("RGB", upright.size, "white")
        seen = upright.convert("RGBA")
        drawn.paste(seen, mask=seen)
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=78)
    return {"preview": b64encode(written.getvalue()).decode()}
