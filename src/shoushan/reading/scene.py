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
    delivered_month: str | None = None
    carried: str | None = None  # the time that the paragraph's earlier sentences set
    numbers_at: list[int] = field(init=False)
    moments_at: list[int] = field(init=False)
    _marks: dict[object, list[int]] = field(init=False, default_factory=dict)
    _breaks: list[int] | None = field(init=False, default=None)
    _cues: list[Cue] | None = field(init=False, default=None)
    _looked_at: tuple[Quantity | None, str, str] = field(init=False, default=(None, "", ""))

    def __post_init__(self) -> None:
        self.numbers_at = [quantity.start for quantity in self.quantities]
        self.moments_at = [moment.start for moment in self.moments]

    @property
    def cues(self) -> list[Cue]:
        """The sentence's words of time."""
        if self._cues is None:
            self._cues = onward_cues(self.text, self.start, self.end, self.moments, self.year, self.delivered_month)
        return self._cues

    @property
    def breaks(self) -> list[int]:
        """Where its clauses begin, but for the first."""
        if self._breaks is None:
            self._breaks = [found.end() for found in BREAK.finditer(self.text, self.start, self.end)]
        return self._breaks

    def has(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether a pattern begins in a stretch of the sentence; the sentence is searched once for all its numbers."""
        places = self._marks.get(pattern)
        if places is None:
            first = max(self.start - 1, 0)
            places = self._marks[pattern] = [found.start() for found in pattern.finditer(self.text, first, self.end)]
        found = bisect_left(places, start)
        return found < len(places) and places[found] < end

    def clause_start(self, place: int) -> int:
        breaks = self.breaks
        found = bisect_right(breaks, place)
        return breaks[found - 1] if found else self.start

    def clause_end(self, place: int) -> int:
        breaks = self.breaks
        found = bisect_right(breaks, place)
        return breaks[found] - 1 if found < len(breaks) else self.end

    def before(self, quantity: Quantity) -> str:
        """The words of the clause before a number."""
        return self._around(quantity)[1]

    def after(self, quantity: Quantity) -> str:
        """The words of the clause after a number."""
        return self._around(quantity)[2]

    def _around(self, quantity: Quantity) -> tuple[Quantity | None, str, str]:
        if self._looked_at[0] is not quantity:
            start, end = quantity.start, quantity.end
            before = self.text[max(self.clause_start(start), start - BEFORE) : start]
            self._looked_at = quantity, before, self.text[end : min(self.clause_end(end), end + AFTER)]
        return self._looked_at

    def previous(self, quantity: Quantity) -> Quantity | None:
        place = bisect_left(self.numbers_at, quantity.start)
        return self.quantities[place - 1] if place else None

    def next(self, quantity: Quantity) -> Quantity | None:
        place = bisect_right(self.numbers_at, quantity.start)
        return self.quantities[place] if place < len(self.quantities) else None

    def within(self, start: int, end: int) -> list[Quantity]:
        """The numbers that start in a stretch of the sentence."""
        return self.quantities[bisect_left(self.numbers_at, start) : bisect_left(self.numbers_at, end)]

    def moment_at(self, quantity: Quantity) -> Moment | None:
        """The date that a number is part of."""
        if not self.moments:
            return None
        place = bisect_right(self.moments_at, quantity.start)
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
