"""Reading a document: page, outline, sentences, and the rules applied to each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from shoushan.reading.bodies import FOUNDED, NAME, SUBJECT
from shoushan.reading.commitment import Commitment
from shoushan.reading.dates import Moment, moments
from shoushan.reading.drives import drives
from shoushan.reading.due import deadline
from shoushan.reading.indicators import Span, indicator_span, shared_out
from shoushan.reading.judgement import judge
from shoushan.reading.measuring import basis, compare, unit
from shoushan.reading.page import Page, plain_page
from shoushan.reading.quantities import Quantity, quantities
from shoushan.reading.scene import Scene, sentences
from shoushan.reading.sections import PAST, Outline, outline
from shoushan.reading.tables import Cell, cells
from shoushan.reading.tasks import tasks
from shoushan.reading.tense import last_before

STATED_YEAR = re.compile(r"(20[0-9]{2})年?")
OWED = re.compile(
    r"(?P<who>[甲乙丙]方|[^\s，。：；]{2,10}[局委办])(?:承诺|须|应)?(?:完成|做到|落实)?(?:下列|以下|如下)[^，。；\n]{0,8}："
)
OPENING = 14  # a word of time so near a sentence's start sets the paragraph's time
PARTY = re.compile(r"[^\s]{0,12}?([甲乙]方)承诺")
Found = TypeVar("Found", Quantity, Moment)


def read(text: str, *, delivered: date | None = None, year: int | None = None) -> list[Commitment]:
    """Read what a document commits to. ``year`` is the plan year that bare months mean.

    >>> [found.value for found in read("今年力争引进项目超百个。", year=2026)]
    ['100']
    """
    return sorted(_Reading(text, delivered, year).commitments(), key=lambda found: (found.at, found.kind))


def stated_year(text: str) -> int | None:
    """The plan year a document states at its beginning."""
    found = STATED_YEAR.search(text[:300])
    return int(found[1]) if found else None


class _Reading:
    """One document being read: what earlier sentences leave for later ones."""

    def __init__(self, text: str, delivered: date | None, year: int | None) -> None:
        self.page: Page = plain_page(text)
        plain = self.page.plain
        self.year = year or (delivered.year if delivered else stated_year(plain))
        self.delivered_month = f"{delivered:%Y-%m}" if delivered else None
        self.outline: Outline = outline(plain, self.year)
        self.seen: set[str] = set()
        self.last_indicator: Span | None = None
        self.owing: tuple[str, ...] = ()
        self.carried: str | None = None

    def commitments(self) -> Iterator[Commitment]:
        plain = self.page.plain
        tabled = list(cells(plain, self.year))
        rows = {cell.row[0]: cell.row[1] for cell in tabled}
        numbers, dated = quantities(plain), moments(plain, self.year)
        for cell in tabled:
            yield self._cell(cell)
        first_number = first_moment = paragraph_end = 0
        for start, end in sentences(plain):
            last_number, last_moment = _upto(numbers, first_number, end), _upto(dated, first_moment, end)
            if start > paragraph_end:
                self.carried, self.last_indicator = None, None
                paragraph_end = plain.find("\n", end)
                paragraph_end = len(plain) if paragraph_end < 0 else paragraph_end
            if start not in rows:
                scene = Scene(
                    plain, start, end, self.outline.at(start), self.year,
                    numbers[first_number:last_number], dated[first_moment:last_moment],
                    self.delivered_month, self.carried,
                )  # fmt: skip
                yield from self._sentence(scene)
            first_number, first_moment = last_number, last_moment

    def _sentence(self, scene: Scene) -> Iterator[Commitment]:
        told = scene.text.find("：", scene.start, scene.end) >= 0
        if told and (owed := OWED.search(scene.text, scene.start, scene.end)):
            self.owing = (self.page.words(*owed.span("who")),)
        elif scene.text.startswith("第", scene.start):
            who = PARTY.match(scene.text, scene.start, scene.end)
            self.owing = (self.page.words(*who.span(1)),) if who else ()
        elif scene.text.startswith(("一", "二", "三", "四", "五"), scene.start):
            self.owing = ()
        subjects = _subjects(scene) if scene.quantities or scene.moments else []
        for quantity in scene.quantities:
            yield self._number(quantity, scene, subjects)
        if any(moment.fine for moment in scene.moments):
            for start, end, moment in tasks(scene, self.delivered_month):
                duty = self._responsible(scene, start, subjects)
                yield self._found("task", start, end, "task.dated", scene, deadline=moment.deadline, responsible=duty)
        yield from self._bodies_and_drives(scene)
        if scene.section.tense is None and scene.cues:
            opening = scene.cues[0].place <= scene.start + OPENING and scene.cues[0].tense == scene.cues[-1].tense
            self.carried = scene.cues[-1].tense if opening else None

    def _bodies_and_drives(self, scene: Scene) -> Iterator[Commitment]:
        for found in FOUNDED.finditer(scene.text, scene.start, scene.end):
            group = "name" if found["name"] else "seated"
            yield self._found("institution", *found.span(group), "institution.set_up", scene)
        if scene.section.tense == PAST:
            return
        for start, end in drives(scene.text, scene.start, scene.end):
            name = scene.text[start:end]
            cue = last_before(scene.cues, start)
            if name not in self.seen and not (cue and cue.tense == PAST):
                self.seen.add(name)
                yield self._found("campaign", start, end, "campaign.called", scene)

    def _number(self, quantity: Quantity, scene: Scene, subjects: list[Span]) -> Commitment:
        kind, why = judge(quantity, scene)
        span = indicator_span(quantity, scene) if kind != "other" else None
        if kind != "other":
            self.last_indicator = span or self.last_indicator
        if kind != "target":
            return self._found(kind, quantity.start, quantity.end, why, scene)
        span = span or self.last_indicator
        words = ""
        if span:
            words = self.page.words(*(shared_out(scene, span, quantity) if span[1] <= quantity.start else span))
        plain_words = scene.text[span[0] : span[1]] if span else ""
        measured = unit(quantity, scene, plain_words)
        return self._found(
            kind, quantity.start, quantity.end, why, scene,
            indicator=words or self.page.words(quantity.start, quantity.end),
            value=quantity.value, unit=measured, compare=compare(quantity, scene, measured),
            basis=basis(quantity, scene, measured, plain_words), deadline=deadline(quantity, scene),
            responsible=self._responsible(scene, quantity.start, subjects),
        )  # fmt: skip

    def _responsible(self, scene: Scene, place: int, subjects: list[Span]) -> tuple[str, ...]:
        """The bodies that the sentence makes responsible for what stands at a place."""
        number = bisect_right(subjects, place, key=lambda subject: subject[0])
        if number:
            return self._names(subjects[number - 1])
        if subjects and subjects[0][0] < scene.clause_end(place):
            return self._names(subjects[0])
        return self.owing

    def _names(self, span: Span) -> tuple[str, ...]:
        """The bodies named in a stretch of the text, in the text's own words."""
        return tuple(self.page.words(*name.span()) for name in NAME.finditer(self.page.plain, *span))

    def _cell(self, cell: Cell) -> Commitment:
        scene = Scene(self.page.plain, *cell.row, self.outline.at(cell.row[0]), self.year, [], [])
        if not cell.planned:
            return self._found("past", cell.start, cell.end, "past.table", scene)
        compared = "between" if isinstance(cell.value, tuple) else cell.bound or "exactly"
        return self._found(
            "target", cell.start, cell.end, "target.table", scene,
            indicator=self.page.words(*cell.indicator), value=cell.value, unit=cell.unit, compare=compared,
            basis=cell.basis, responsible=(cell.who,) if cell.who else (),
        )  # fmt: skip

    def _found(self, kind: str, start: int, end: int, why: str, scene: Scene, **fields: object) -> Commitment:
        at = self.page.at(start, end)
        return Commitment(
            kind=kind, at=at, words=self.page.original[at[0] : at[1]], why=why,
            passage=self.page.at(scene.start, scene.end), section=scene.section.title, **fields,  # type: ignore[arg-type]
        )  # fmt: skip


def _subjects(scene: Scene) -> list[Span]:
    """The bodies that a sentence gives a duty, with their places."""
    return [
        found.span("names")
        for found in SUBJECT.finditer(scene.text, scene.start, scene.end)
        if found["duty"] or "由" in found[0][:2] or "请" in found[0][:2]
    ]


def _upto(found: list[Found], first: int, end: int) -> int:
    while first < len(found) and found[first].start < end:
        first += 1
    return first
