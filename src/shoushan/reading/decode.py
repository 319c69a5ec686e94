"""From the bytes of a file to its text: which encoding it was saved in, or why it is no text."""

from __future__ import annotations

import re

from shoushan.core.errors import Refusal, mark

MOST_BYTES = 20_000_000
MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UNMARKED = ("gb18030", "big5hkscs")
# Characters so frequent in official prose, in both scripts, that a wrong decoding has hardly any of them.
FREQUENT = frozenset(
    "的一是在不和为上大中全年区市县工作发展建设完成实现新要项目万亿，。、為區縣發設現項萬億與業會們對於經過動"
)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
SAMPLE = 200_000
LEAST_FAMILIAR = 0.02


def decode(data: bytes) -> tuple[str, str]:
    """Return the text, with line feeds alone as line ends, and the name of its encoding."""
    if len(data) > MOST_BYTES:
        raise Refusal(
            "file.too_large",
            mark("This file is larger than %(limit)s MB."),
            hint=mark("Send the text alone, or in parts."),
            params={"limit": MOST_BYTES // 1_000_000},
        )
    for sign, encoding in MARKED:
        if data.startswith(sign):
            text = _strictly(data, encoding)
            break
    else:
        text, encoding = _unmarked(data)
    if CONTROLS.search(text):
        raise _binary()
    if not text.strip():
        raise Refusal(
            "file.empty",
            mark("This file holds no text."),
            hint=mark("Check that the right file was chosen, or paste the text."),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise _binary() from None


def _unmarked(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if CONTROLS.search(data[:SAMPLE].decode("latin-1")):
        raise _binary()
    found = []
    for encoding in UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_familiarity(text), text, encoding))
    if not found or max(found)[0] < LEAST_FAMILIAR:
        raise Refusal(
            "file.encoding",
            mark("The encoding of this text is not known."),
            hint=mark("Save it as a text in UTF-8, or paste the text."),
        )
    _, text, encoding = max(found)
    return text, encoding


def _familiarity(text: str) -> float:
    """The share of a text's beginning, outside ASCII, that is frequent characters."""
    foreign = [sign for sign in text[:SAMPLE] if sign > "\x7f"]
    return sum(sign in FREQUENT for sign in foreign) / max(len(foreign), 1)


def _binary() -> Refusal:
    return Refusal(
        "file.binary",
        mark("This file is no readable text."),
        hint=mark("Open it where it can be read, save it as a text in UTF-8, or paste the text."),
    )
