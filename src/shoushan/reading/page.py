"""A document's text made plain for the grammar, with the way back to the text as received."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import opencc

# Full-width digits and signs, one to one.
SIGNS = dict(zip("０１２３４５６７８９％．＜＞〈〉「」『』　", "0123456789%.<><>“”“” ", strict=True))
LINE_WRAPPED = 80  # a text whose longest line is shorter may have broken lines in the middle of a sentence
LINE_FULL = 11

# Spaces inside words and figures, as scanned and pasted texts have them.
GAP = re.compile(
    r"(?=[ \u00a0])(?:"  # most places are passed over at once
    r"(?<=[^\x00-\x7f\s]) {1,2}(?=[^\x00-\x7f\s])"
    r"|(?<=[^\x00-\x7f\s]) (?=[0-9])"
    r"|(?<=[0-9]) (?=[^\x00-\x7f\s])"
    r"|(?<=[0-9])[ \u00a0](?=[0-9]{3}(?![0-9]))"
    r"|(?<=(?<![0-9])[0-9]) (?=[0-9](?![0-9])))"
)
WIDE = dict(zip(",;:!?", "，；：！？", strict=True))
HALF_WIDTH = re.compile(
    r"(?=[,;:!?])(?:(?<=[^\x00-\x7f])[,;:!?](?![0-9])|[,;:!?](?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[,;:])"
)
FULL_STOP = re.compile(r"(?=\.)(?<=[A-Za-z0-9])\.(?= [A-Z]| ?[\u3400-\u9fff]|$)", re.MULTILINE)
THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
LIST_HEAD = re.compile(r"[（(]?[一二三四五六七八九十]{1,3} ?[、.）)]|[0-9]{1,2}(?:[、)）]|\.(?![0-9]))|第|[—\-·●附注]")
WRAP = re.compile(r"\n(?=[^\s])")


@dataclass(frozen=True, slots=True)
class Page:
    """A text as received (``original``) and as the grammar sees it (``plain``: Simplified, half-width, unbroken)."""

    original: str
    plain: str
    starts: list[int] = field(default_factory=lambda: [0])
    shifts: list[int] = field(default_factory=lambda: [0])

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the plain text lies in the original."""
        if len(self.starts) == 1:
            return start, end
        return self.place(start), self.place(end - 1) + 1

    def place(self, plain: int) -> int:
        return plain + self.shifts[bisect_right(self.starts, plain) - 1]

    def words(self, start: int, end: int) -> str:
        """The original's words of a span of the plain text, without the breaks that were closed."""
        if len(self.starts) == 1:
            return self.original[start:end]
        return "".join(self.original[self.place(place)] for place in range(start, end))


def plain_page(text: str) -> Page:
    """Make a text plain: every character keeps its place, but for closed gaps, which are remembered."""
    same_length = simplified(text)
    gaps = sorted([*(gap.span() for gap in GAP.finditer(same_length)), *_wraps(same_length)])
    if not gaps:
        return Page(text, same_length)
    bounds = [(0, 0), *gaps, (len(text), len(text))]
    pieces, starts, shifts, removed = [], [], [], 0
    for (before, start), (end, _) in pairwise(bounds):
        removed += start - before
        starts.append(start - removed)
        shifts.append(removed)
        pieces.append(same_length[start:end])
    return Page(text, "".join(pieces), starts, shifts)


def simplified(text: str) -> str:
    """A text in Simplified characters with signs of one width, each at its own place."""
    text = THOUSANDS.sub(",", text)
    return _punctuated(text.translate(_table(frozenset(text))))


def _punctuated(text: str) -> str:
    """Commas and stops of one width, so that the grammar knows one of each."""
    return FULL_STOP.sub("。", HALF_WIDTH.sub(lambda found: WIDE[found[0]], text))


def _wraps(text: str) -> list[tuple[int, int]]:
    """Line ends in the middle of a sentence, in texts that were broken at a page's width."""
    lines = text.split("\n")
    if len(lines) < 2 or max(map(len, lines)) > LINE_WRAPPED:
        return []
    found, place = [], 0
    for line, after in pairwise(lines):
        place += len(line) + 1
        if _runs_on(line.rstrip(), after):
            found.append((place - 1, place))
    return found


def _runs_on(line: str, after: str) -> bool:
    if line and after and (after[0] in "，、。；" or (line[-1].isdigit() and re.match(r"[.万亿元%]|公里", after))):
        return True
    if len(line) < LINE_FULL or "\t" in line or "\t" in after or not after.strip():
        return False
    if line[-1] in "。！？；：.!?;:”）)" or after[0] in " （(" or LIST_HEAD.match(after):
        return False
    heading = LIST_HEAD.match(line) and not re.search("[，。；,]", line)
    return not heading


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


_SIMPLE: dict[str, str] = {}


def _table(signs: frozenset[str]) -> dict[int, str]:
    """How each character of a text is written plainly: character by character, so that no place moves."""
    unknown = [sign for sign in signs if sign not in _SIMPLE]
    if unknown:
        foreign = [sign for sign in unknown if "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"]
        converted = _converter().convert("\n".join(foreign)).split("\n") if foreign else []
        _SIMPLE.update({sign: sign for sign in unknown})
        if len(converted) == len(foreign):
            pairs = zip(foreign, converted, strict=True)
            _SIMPLE.update({sign: simple for sign, simple in pairs if len(simple) == 1})
        _SIMPLE.update({sign: SIGNS[sign] for sign in unknown if sign in SIGNS})
    return {ord(sign): _SIMPLE[sign] for sign in signs if _SIMPLE[sign] != sign}
