"""A sentence with everything found in it: what the rules look at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from shoushan.reading.dates import Moment
from shoushan.reading.quantities import Quantity
from shoushan.reading.sections import Section
from shoushan.reading.tense import Cue, onward_cues

SENTENCE = re.compile(r"[^。！？\n]++[。！？]*+”?+")
BREAK = re.compile(r"[，；：。！？\n\t;!?]|(?<![0-9]),|,(?![0-9]{3})|\.(?= )|:(?![0-9])")
BEFORE, AFTER = 90, 48  # how far the rules look to either side of a number


@dataclass(slots=True)
class Scene:
    """One sentence (原句) of the plain text, its numbers, dates and words of time."""

    text: str
    start: int
    end: int
    section: Section
    year: int | None
    quantities: list[Quantity]
    moments: list[Moment]
    carried: str | None = None  # the time that the paragraph's earlier sentences set
    cues: list[Cue] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cues = onward_cues(self.text, self.start, self.end, self.moments, self.year)
        self.breaks = [found.end() for found in BREAK.finditer(self.text, self.start, self.end)]

    def clause_start(self, place: int) -> int:
        found = bisect_right(self.breaks, place)
        return self.breaks[found - 1] if found else self.start

    def clause_end(self, place: int) -> int:
        found = bisect_right(self.breaks, place)
        return self.breaks[found] - 1 if found < len(self.breaks) else self.end

    def before(self, quantity: Quantity) -> str:
        """The words of the clause before a number, after the number before it."""
        return self.text[max(self.clause_start(quantity.start), quantity.start - BEFORE) : quantity.start]

    def after(self, quantity: Quantity) -> str:
        return self.text[quantity.end : min(self.clause_end(quantity.end), quantity.end + AFTER)]

    def previous(self, quantity: Quantity) -> Quantity | None:
        place = bisect_left(self.quantities, quantity.start, key=lambda other: other.start)
        return self.quantities[place - 1] if place else None

    def next(self, quantity: Quantity) -> Quantity | None:
        place = bisect_right(self.quantities, quantity.start, key=lambda other: other.start)
        return self.quantities[place] if place < len(self.quantities) else None

    def within(self, start: int, end: int) -> list[Quantity]:
        """The numbers that start in a stretch of the sentence."""
        first = bisect_left(self.quantities, start, key=lambda other: other.start)
        return self.quantities[first : bisect_left(self.quantities, end, key=lambda other: other.start)]

    def moment_at(self, quantity: Quantity) -> Moment | None:
        """The date that a number is part of."""
        place = bisect_right(self.moments, quantity.start, key=lambda moment: moment.start)
        for moment in self.moments[max(place - 1, 0) : place + 1]:
            if moment.start < quantity.end and quantity.start < moment.end:
                return moment
        return None


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text lie, without the spaces around them."""
    for found in SENTENCE.finditer(text):
        words = found[0]
        start = found.start() + len(words) - len(words.lstrip())
        end = found.end() - (len(words) - len(words.rstrip()))
        if start < end:
            yield start, end
