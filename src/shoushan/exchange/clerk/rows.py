"""What each row below a header is: data, a group, a total, a note, a signature, a number row, a header again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from shoushan.exchange.clerk.cells import figure_text, shown
from shoushan.exchange.clerk.headers import BRACKETS, ORDINAL
from shoushan.exchange.clerk.intake import TableIntake
from shoushan.exchange.clerk.layout import ColumnLayout, Placed
from shoushan.exchange.clerk.view import View
from shoushan.exchange.clerk.words import any_of, narrow, words
from shoushan.exchange.foreign import Cell

TOTAL = re.compile(rf"(?:.{{0,10}}(?:{any_of(words().total[:6])})|{any_of(words().total)})(?:[(\[].{{0,20}}[)\]])?[:]?")
NOTE = re.compile(rf"(?:{any_of(words().notes)})(?:[\d(\[]|[:、.①]|$)|^[※*①]")  # han: 注：1.
SIGNATURE = re.compile(rf"(?:{any_of(words().signature)})[^:]{{0,6}}[:]")
COUNTED = re.compile(r"[(\[][^()\[\]]*\d[^()\[\]]*[)\]]$")
HAN_ORDINAL = re.compile("[(\\[]?[一二三四五六七八九十]{1,3}[)\\]]?[、.]?$")  # han: 一 in the column of serial numbers
MOST_WORDS = 60
DATA, GROUP = "data", "group"
LOOK_AT = 4
MOST_OF_A_HEADER = 0.6


class Classifier:
    """Says what the rows of one placed table are."""

    def __init__(self, placed: Placed, table: TableIntake) -> None:
        self.placed = placed
        self.view: View = placed.view
        self.serial = {heading.column for heading, column in placed.columns if column.ignored == "serial"}
        required = {name for name, field in table.fields.items() if field.required}
        self.required = {heading.column for heading, column in placed.columns if column.field in required}
        self.headings = _header_texts(placed)
        self.words = {heading.column: _words_of(column, table) for heading, column in placed.columns if column.field}

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Each row with its kind and, for a group, the text it gives."""
        found = [(row, *self.kind(row)) for row in range(self.placed.first, len(self.view.rows))]
        later_data = False
        settled: list[tuple[int, str, str]] = []
        for row, kind, text in reversed(found):
            if kind == "alone":
                kind = GROUP if later_data else "note"
            later_data = later_data or kind == DATA
            settled.append((row, kind, text))
        yield from reversed(settled)

    def kind(self, row: int) -> tuple[str, str]:
        own = self.view.own(row)
        if self._is_plainly_data(own):
            return DATA, ""
        told = {column: cell for column, cell in own.items() if column not in self.serial}
        if not told:
            only = next(iter(own.values()), None)
            return (
                self._lone(shown(only.value))
                if only and isinstance(only.value, str) and self._is_words(only)
                else ("blank", "")
            )
        texts = {column: figure_text(cell.value) for column, cell in own.items() if isinstance(cell.value, str)}
        if self._is_header(texts, len(own)):
            return "header", ""
        if self._is_numbering(own):
            return "number_row", ""
        total = next((text for text in list(texts.values())[:LOOK_AT] if TOTAL.fullmatch(text)), "")
        if total:
            return "subtotal" if words().subtotal in total else "total", ""
        return self._by_words(own, told)

    def _is_plainly_data(self, own: dict[int, Cell]) -> bool:
        """Numbered, and something longer than a numeral stands where it must."""
        if not any(isinstance(own[column].value, int) for column in self.serial if column in own):
            return False
        return any(
            column in own and isinstance(own[column].value, str) and len(str(own[column].value)) > 2
            for column in self.required
        )

    def _by_words(self, own: dict[int, Cell], told: dict[int, Cell]) -> tuple[str, str]:
        said = {column: cell.value for column, cell in told.items() if isinstance(cell.value, str)}
        serial = next((shown(own[column].value) for column in own if column in self.serial), "")
        if len(said) == 1:
            column, text = next(iter(said.items()))
            bare = figure_text(text)
            others = [cell for place, cell in told.items() if place != column]
            numbers_only = all(isinstance(cell.value, int | Decimal) or cell.formula for cell in others)
            if HAN_ORDINAL.fullmatch(figure_text(serial)) and numbers_only:
                return GROUP, text
            if not serial and numbers_only and ORDINAL.match(bare) and len(bare) <= MOST_WORDS:
                return GROUP, text
            if len(told) == 1 and not serial:
                return self._lone(text)
        lead = figure_text(shown(next(iter(own.values())).value))
        if not (self.required & told.keys()) or len(said) <= 2:
            if SIGNATURE.match(lead) and len(said) == len(told):
                return "signature", ""
            if NOTE.match(lead) and len(self.required & told.keys()) <= 1:
                return "note", ""
        return DATA, ""

    def _lone(self, text: str) -> tuple[str, str]:
        """A single text in a row."""
        bare = figure_text(text)
        if SIGNATURE.match(bare):
            return "signature", ""
        if TOTAL.fullmatch(bare):
            return "total", ""
        if ORDINAL.match(bare) and len(bare) <= MOST_WORDS:
            return GROUP, text
        if NOTE.match(bare) or len(bare) > MOST_WORDS:
            return "note", ""
        return "alone", text

    def _is_words(self, cell: Cell) -> bool:
        text = figure_text(shown(cell.value))
        return len(text) > 1 and not text.isdecimal() and not HAN_ORDINAL.fullmatch(text)

    def _is_header(self, texts: dict[int, str], width: int) -> bool:
        """Most of the row repeats the header, or says the same in other words."""
        if len(texts) < 2 or len(texts) < width * MOST_OF_A_HEADER:
            return False
        plain = {column: _plain(text) for column, text in texts.items()}
        said = sum(text in self.headings or text in self.words.get(column, ()) for column, text in plain.items())
        return said >= max(2, MOST_OF_A_HEADER * len(texts))

    def _is_numbering(self, own: dict[int, Cell]) -> bool:
        """甲 乙 丙 … 1 2 3: the columns counted."""
        said = [figure_text(shown(cell.value)).strip("()") for cell in own.values()]
        if len(said) < 3:
            return False
        numbers = [int(text) for text in said if text.isdecimal() and len(text) <= 3]
        stems = [text for text in said if len(text) == 1 and text in words().stems]
        return len(numbers) + len(stems) == len(said) and sorted(numbers) == list(range(1, len(numbers) + 1))


def group_value(text: str) -> str:
    """What a group row says, without its number and its count: 一、新建项目（25项） is 新建项目."""
    bare = text.strip()
    found = ORDINAL.match(narrow(bare))
    if found:
        bare = narrow(bare)[found.end() :]
    return COUNTED.sub("", narrow(bare)).strip("、.:")


def above(placed: Placed) -> list[tuple[int, str]]:
    """What the rows above the header are: titles, lines with the unit and the date, blanks."""
    found = []
    titled = False
    for row in range(placed.top):
        own = placed.view.own(row)
        kind = "blank" if not own else "unit_line" if titled else "title"
        titled = titled or bool(own)
        found.append((row, kind))
    return found


def _header_texts(placed: Placed) -> set[str]:
    texts = {_plain(level) for heading, _ in placed.columns for level in heading.levels}
    return texts | {_plain(heading.label.replace("/", "")) for heading, _ in placed.columns}


def _words_of(column: ColumnLayout, table: TableIntake) -> set[str]:
    """What else could stand over this column."""
    field = table.fields[column.field]
    said = [*field.words, *((column.choice, *field.choices[column.choice]) if column.choice else ())]
    return {_plain(word.replace("/", "")) for word in said}


def _plain(text: str) -> str:
    bare = BRACKETS.sub("", narrow(text))
    return bare or narrow(text)
