"""Header rows: where they are, what stands over each column, and which field that means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from shoushan.exchange.clerk.intake import TableIntake
from shoushan.exchange.clerk.view import View
from shoushan.exchange.clerk.words import narrow, words

FURTHEST = 40
MOST_LEVELS = 3
LONGEST = 60
LEAST_SCORE = 40.0
CERTAIN = 1000.0
TICK_SCORE = 97.0
LEAST_SCATTERED = 3
ORDINAL = re.compile(words().ordinals)
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
MARKS = re.compile(r"[:*★☆※]+$|^[*★☆※]+")
FIGURES = re.compile(r"[\d,.\-/:%年月日 ]+$")  # han: a date or a figure is no header


class Heading(NamedTuple):
    """What stands over one column, from its highest level down."""

    column: int
    levels: tuple[str, ...]

    @property
    def label(self) -> str:
        return "/".join("".join(level.split()) for level in self.levels)

    @property
    def key(self) -> str:
        """The same for headers that differ only in width and spaces."""
        return narrow("/".join(self.levels)).lower()


class Meaning(NamedTuple):
    """The field a column fills, and the choice whose ticks it holds."""

    field: str
    choice: str = ""


class Found(NamedTuple):
    """Header rows of one table on a sheet."""

    table: str
    top: int
    height: int
    headings: list[Heading]
    meanings: dict[int, Meaning]
    score: float


def find(view: View, tables: dict[str, TableIntake], known: dict[str, dict[str, Meaning]]) -> Found | None:
    """The rows that read most like the header of one of these tables; ``known`` headers have been settled before."""
    best: Found | None = None
    last = min(FURTHEST, len(view.rows))
    texts = [_header_texts(view, row) for row in range(last)]
    usable = [bool(found) for found in texts]
    for top in (row for row in range(last) if len(texts[row]) > 1):
        for height in range(1, MOST_LEVELS + 1):
            if top + height > last or not all(usable[top : top + height]):
                break
            over = headings(view, top, height)
            for name, table in tables.items():
                meanings, score = assign(over, table, known.get(name, {}))
                if score > (best.score if best else 0) + 0.01:
                    best = Found(name, top, height, over, meanings, score)
    if not best or not _is_enough(best, tables[best.table]):
        return None
    return _whole(view, best, usable, tables[best.table], known.get(best.table, {}))


def _whole(view: View, found: Found, usable: list[bool], table: TableIntake, known: dict[str, Meaning]) -> Found:
    """The same header with every row that merged cells tie to it."""
    top, last = found.top, found.top + found.height - 1
    for area in view.sheet.merged:
        if area.bottom > area.top and area.top <= last and area.bottom >= top and last - area.top < MOST_LEVELS:
            top, last = min(top, area.top), max(last, area.bottom)
    if (top, last) == (found.top, found.top + found.height - 1) or not all(usable[top : last + 1]):
        return found
    over = headings(view, top, last - top + 1)
    meanings, score = assign(over, table, known)
    return Found(found.table, top, last - top + 1, over, meanings, score)


def _is_enough(found: Found, table: TableIntake) -> bool:
    """A sheet with a lone column called 备注 is not a table of ours."""
    fields = {meaning.field for meaning in found.meanings.values()}
    required = [name for name, field in table.fields.items() if field.required]
    named = [name for name in required if name in fields]
    return len(fields) >= 2 and (len(named) >= max(1, len(required) // 3) or len(fields) * 2 >= len(table.fields))


def _header_texts(view: View, row: int) -> set[str]:
    """The words of a row that may belong to a header: no figures, no title over the whole width, no group."""
    texts = set()
    for cell in view.rows[row]:
        value = cell.value
        if isinstance(value, int | Decimal | date):
            return set()
        if isinstance(value, str) and value.strip():
            text = narrow(value)
            if len(text) > LONGEST or FIGURES.fullmatch(text):
                return set()
            texts.add(text)
    return set() if len(texts) == 1 and ORDINAL.match(next(iter(texts))) else texts


def headings(view: View, top: int, height: int) -> list[Heading]:
    """What stands over each visible column; a blank above a lower level takes what stands to its left."""
    found: list[Heading] = []
    parents = [""] * height
    for column in range(view.width):
        texts = [view.text(row, column) for row in range(top, top + height)]
        for level in range(height - 1):
            if texts[level]:
                parents[level] = texts[level] if any(texts[level + 1 :]) else ""
            elif any(texts[level + 1 :]) and not any(texts[:level]):
                texts[level] = parents[level]
            else:
                parents[level] = ""
        levels: list[str] = []
        for text in texts:
            if text and (not levels or narrow(text) != narrow(levels[-1])):
                levels.append(text)
        if levels and column not in view.sheet.hidden_columns:
            found.append(Heading(column, tuple(levels)))
    return found


def assign(over: Iterable[Heading], table: TableIntake, known: dict[str, Meaning]) -> tuple[dict[int, Meaning], float]:
    """The field of each column, the surest first; each field once, a field of ticks once for each choice."""
    over = list(over)
    offers = [offer for heading in over for offer in _offers(heading, table, known)]
    offers.sort(key=lambda offer: (-offer[0], offer[1]))
    meanings: dict[int, Meaning] = {}
    taken: set[Meaning] = set()
    ticked: set[str] = set()
    score = 0.0
    for points, column, meaning in offers:
        whole = Meaning(meaning.field)
        clash = meaning in taken or whole in taken or (not meaning.choice and meaning.field in ticked)
        if column in meanings or clash or not meaning.field:
            continue
        meanings[column] = meaning
        taken.add(meaning)
        if meaning.choice:
            ticked.add(meaning.field)
        score += min(points, 100.0) / 100
    _lone_ticks(meanings, over, table, known)
    _series(meanings, over, table, known)
    return meanings, score


Offer = tuple[float, int, Meaning]


def _offers(heading: Heading, table: TableIntake, known: dict[str, Meaning]) -> list[Offer]:
    if heading.key in known:
        return [(CERTAIN, heading.column, known[heading.key])]
    if is_serial(heading) or is_personal(heading, table):
        return []
    offers: list[Offer] = []
    said = narrow("".join(heading.levels))
    for name, field in table.fields.items():
        if field.kind in ("choice", "colour") and field.choices:
            choice = field.choice_of(BRACKETS.sub("", narrow(heading.levels[-1])))
            if choice and (len(heading.levels) > 1 or len(field.choices) > 1):
                offers.append((TICK_SCORE, heading.column, Meaning(name, choice)))
        if any(narrow(word) in said for word in field.never):
            continue
        points = max((likeness(word, heading.levels) for word in field.words), default=0.0)
        if points >= LEAST_SCORE:
            offers.append((points, heading.column, Meaning(name)))
    return offers


def _lone_ticks(
    meanings: dict[int, Meaning], over: list[Heading], table: TableIntake, known: dict[str, Meaning]
) -> None:
    """A single column under the name of one choice is no column of ticks, unless its parent says so."""
    keys = {heading.column: heading for heading in over}
    for name, field in table.fields.items():
        columns = [column for column, meaning in meanings.items() if meaning.field == name and meaning.choice]
        if len(columns) == 1 and keys[columns[0]].key not in known:
            parents = keys[columns[0]].levels[:-1]
            if not any(likeness(word, (level,)) >= 60 for word in field.words for level in parents):
                del meanings[columns[0]]


def _series(meanings: dict[int, Meaning], over: list[Heading], table: TableIntake, known: dict[str, Meaning]) -> None:
    """Columns under one heading take the fields of a series in order, where their words did not settle it."""
    for series in table.series:
        under = [
            heading
            for heading in over
            if len(heading.levels) > 1
            and any(likeness(word, heading.levels[:1]) >= 90 for word in series.words)
            and heading.key not in known
        ]
        if len(under) != len(series.fields):
            continue
        placed = [meanings.get(heading.column, Meaning("")).field for heading in under]
        if sorted(placed) != sorted(series.fields):
            for heading, field in zip(under, series.fields, strict=True):
                meanings[heading.column] = Meaning(field)


def is_serial(heading: Heading) -> bool:
    said = narrow(heading.levels[-1])
    return len(heading.levels) == 1 and any(said.lower() == narrow(word).lower() for word in words().serial)


def is_personal(heading: Heading, table: TableIntake) -> bool:
    """Telephone numbers and identities are never taken in, unless a field asks for exactly that."""
    said = narrow("".join(heading.levels))
    if not any(word in said for word in words().personal):
        return False
    return not any(narrow(word) == said for field in table.fields.values() for word in field.words)


@lru_cache(maxsize=200_000)
def likeness(word: str, levels: tuple[str, ...]) -> float:
    """How much a header reads like a word, from 0 to 100."""
    bare = [_bare(level) for level in levels]
    joined, leaf = "".join(bare), bare[-1]
    word = narrow(word).lower()
    if "/" in word:
        parent, _, last = word.partition("/")
        above = "".join(bare[:-1])
        if above and parent in above:
            return 100.0 if leaf == last else 92.0 if last in leaf else 0.0
        return 80.0 if joined.startswith(parent) and joined.endswith(last) else 0.0
    if word in (joined, narrow("".join(levels)).lower()):
        return 100.0
    if leaf == word:
        return 95.0
    if word in leaf:
        return 50 + 40 * len(word) / len(leaf)
    if word in joined:
        return 40 + 40 * len(word) / len(joined)
    if len(leaf) >= 2 and leaf in word:
        return 20 + 50 * len(leaf) / len(word)
    if len(word) >= LEAST_SCATTERED and _scattered(word, joined):
        return 25 + 45 * len(word) / len(joined)
    return 70 * _overlap(word, joined)


def _scattered(word: str, text: str) -> bool:
    """Whether all signs of a word stand in a text, in order: 签订时间 in 签订合同时间."""
    signs = iter(text)
    return all(sign in signs for sign in word)


def _bare(level: str) -> str:
    text = narrow(level).lower()
    return MARKS.sub("", BRACKETS.sub("", text)) or text


def _overlap(one: str, other: str) -> float:
    """The share of pairs of signs that two words have in common."""
    pairs = [{text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other)]
    both = sum(len(pair) for pair in pairs)
    return 2 * len(pairs[0] & pairs[1]) / both if both else 0.0
