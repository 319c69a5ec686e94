"""A document beside what it commits to, and goals beside who carries them, ready for the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from shoushan.core.scripts import searchable
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Document, Goal, Passage, Schedule, Share, Year
from shoushan.reading import Contradiction, contradictions, explain, read
from shoushan.web.finding import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """One passage in the register at the right: its words, its kind, what was decided, and why it is believed."""

    passage: Passage
    kind: str
    decision: str
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """The page of a document: its text with marks, what may become a goal, what is kept out, what does not add up."""

    document: Document
    text: SafeString
    committing: list[Found]
    past: list[Passage]
    sums: list[tuple[bool, str]]
    undecided: int


def review(document: Document) -> Review:
    """Everything the review page shows; two queries whatever the document."""
    passages = list(document.passages.select_related("goal").order_by("words_start", "pk"))
    for passage in passages:
        passage.document = document
    kinds = {value: str(label) for value, label in Passage.Kind.choices}
    decisions = {value: str(label) for value, label in Passage.Decision.choices}
    committing = [
        Found(it, kinds[it.kind], decisions[it.decision], _why(it.why))
        for it in passages
        if it.kind in Passage.COMMITTING
    ]
    return Review(
        document=document,
        text=_marked(document.text, passages),
        committing=committing,
        past=[it for it in passages if it.kind == Passage.Kind.PAST],
        sums=_sums(document),
        undecided=sum(found.passage.decision == Passage.Decision.OPEN for found in committing),
    )


def _why(key: str) -> str:
    return gettext("Pointed out by a person.") if key == "person" else gettext(explain(key))


def _sums(document: Document) -> list[tuple[bool, str]]:
    """Wholes against their parts, in words; the right ones too, since somebody will ask."""
    found = _checked(document.text, document.delivered_on, document.year.number)
    return [(it.adds_up, gettext(it.message) % it.params) for it in found]


@lru_cache(maxsize=8)
def _checked(text: str, delivered_on: date | None, year: int) -> tuple[Contradiction, ...]:
    """A document's text never changes, so it is read once and not for every reader."""
    return tuple(contradictions(text, read(text, delivered=delivered_on, year=year)))


MARK = '<mark id="p{0}" class="{1}" data-at="{2}"><a href="#r{0}">{3}</a></mark>'


def _marked(text: str, passages: list[Passage]) -> SafeString:
    """The text with its passages marked and linked, each stretch with its place; of two that overlap, the first.

    Finished here: a template would take three times as long for the hundreds of stretches of a speech.
    """
    marked: list[Passage] = []
    for passage in passages:
        if passage.kind != Passage.Kind.OTHER and (not marked or passage.words_start >= marked[-1].words_end):
            marked.append(passage)
    edges = [0, *(edge for it in marked for edge in (it.words_start, it.words_end)), len(text)]
    stretches = []
    for place, (start, end) in enumerate(pairwise(edges)):
        if start == end:
            continue
        if place % 2:
            it = marked[place // 2]
            stretches.append(format_html(MARK, it.pk, it.kind, start, text[start:end]))
        else:
            stretches.append(format_html('<span data-at="{}">{}</span>', start, text[start:end]))
    return SafeString("".join(stretches))


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of the list: what its shares make, what is nobody's, and whether it has a schedule."""

    goal: Goal
    carriers: int
    total: Decimal | None
    gap: Decimal | None
    is_scheduled: bool

    @property
    def excess(self) -> Decimal | None:
        return -self.gap if self.gap is not None and self.gap < 0 else None


@dataclass(frozen=True, slots=True)
class Listed:
    """The goals of a year, and the years there are."""

    number: int
    years: list[Year]
    lines: list[GoalLine]


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit would carry."""

    unit: Unit
    value: Decimal


class Carried(NamedTuple):
    """What one unit carries of a goal, and whether it has its way through the year."""

    value: Decimal
    is_scheduled: bool


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """One unit's way through the year: what is due to date at the end of each quarter."""

    share: Share
    quarters: list[Decimal | None]


def goals(number: int) -> Listed:
    """Every goal of a year beside its sentence; three queries however many there are."""
    found = Goal.objects.filter(year__number=number).select_related("indicator", "lead_unit", "passage__document")
    shares: dict[int, list[Carried]] = {}
    carried = Share.objects.filter(goal__year__number=number)
    for goal_id, value, is_scheduled in carried.values_list("goal_id", "value", Exists(_points())):
        shares.setdefault(goal_id, []).append(Carried(value, is_scheduled))
    lines = [_goal_line(goal, shares.get(goal.pk, [])) for goal in found]
    return Listed(number, list(Year.objects.all()), lines)


def _points() -> QuerySet[Schedule]:
    return Schedule.objects.filter(share=OuterRef("pk"))


def _goal_line(goal: Goal, shares: list[Carried]) -> GoalLine:
    # summed here and not in the database: SQLite would sum as floats
    total = sum((share.value for share in shares), Decimal(0)) if shares else None
    each_has_the_whole = goal.divided == Goal.Divided.SAME
    gap = None if total is None or goal.value is None or each_has_the_whole else goal.value - total
    is_scheduled = bool(shares) and all(share.is_scheduled for share in shares)
    return GoalLine(goal, len(shares), None if each_has_the_whole else total, gap, is_scheduled)


def units_to_divide_among(on: date) -> list[Unit]:
    """The units that exist on a day, by kind, in the tree's order."""
    return sorted(Unit.objects.existing(on=on), key=lambda unit: (Unit.Kind.values.index(unit.kind), unit.path))


def parts(carried: Mapping[int, Decimal], units: Iterable[Unit]) -> list[Part]:
    return [Part(unit, carried[unit.pk]) for unit in units]


def schedule_of(goal: Goal) -> list[ScheduleLine]:
    """Everybody's way through the year as it stands."""
    shares = goal.shares.select_related("unit").prefetch_related("schedule")
    return [ScheduleLine(share, share.quarters()) for share in shares]


def find_goals(person: Person, words: list[str]) -> Iterable[Hit]:
    """Goals with all the words in their title or their sentence, for /search/."""
    for goal in Goal.objects.visible_to(person).select_related("passage__document", "year"):
        said = searchable(f"{goal.title} {goal.passage.sentence}")
        if all(word in said for word in words):
            yield Hit(goal.title, goal.get_absolute_url(), goal.year.number)


def find_documents(person: Person, words: list[str]) -> Iterable[Hit]:
    """Documents with all the words, for /search/."""
    if not person.has_perm("plans.view"):
        return
    for document in Document.objects.all():
        said = searchable(f"{document.title} {document.text}")
        if all(word in said for word in words):
            yield Hit(document.title, document.get_absolute_url(), document.get_kind_display())
