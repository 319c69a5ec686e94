"""Which encoding a plain text was saved in: offices send UTF-8, GB18030, Big5 and UTF-16, and never say which."""

from __future__ import annotations

import re

from shoushan.core.errors import Refusal, mark

MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UNMARKED = ("gb18030", "big5hkscs")
# Characters so frequent in official prose, in both scripts, that a wrong decoding has hardly any of them.
FREQUENT = frozenset(
    # han: the frequent characters themselves
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经這為個國時來們對會發動過說產種後學經全区區市县縣街道项項目万萬元"
    "完新建设設推进進加快实實施强強化改革服务務企业業投资資信访訪安整治亿億数數量质質提高升月日第达達，。、；：（）“”「」"
)
# Everything a text never holds, beside tab, line feed, form feed and carriage return.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
SOME = 200_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding, or refuse what is no text."""
    for mark_bytes, encoding in MARKED:
        if data.startswith(mark_bytes):
            return _strictly(data, encoding), encoding
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _likelier(data)
    if CONTROLS.search(text):
        raise _no_text()
    return text, encoding


def plain_lines(text: str) -> str:
    """The same text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeError:
        raise _no_text() from None
    if CONTROLS.search(text):
        raise _no_text()
    return text


def _likelier(data: bytes) -> tuple[str, str]:
    found: list[tuple[float, str, str]] = []
    for encoding in UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((_familiarity(text), text, encoding))
    if not found:
        raise _no_text()
    _, text, encoding = max(found, key=lambda one: one[0])
    return text, encoding


def _familiarity(text: str) -> float:
    """The share of a text's beginning, outside ASCII, that is frequent characters."""
    foreign = [sign for sign in text[:SOME] if sign > "\x7f"]
    return sum(sign in FREQUENT for sign in foreign) / max(len(foreign), 1)


def _no_text() -> Refusal:
    return Refusal(
        "file.content",
        mark("This file is no readable text."),
        hint=mark("Open it where it can be read, save it as a text in UTF-8, or paste the text."),
    )
