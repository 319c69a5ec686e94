"""A document beside what it commits to, ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext

from shoushan.plans.models import Document, Passage
from shoushan.reading import contradictions, explain, read


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; with a passage, its words are marked and linked."""

    text: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One passage in the register at the right: its words, the sentence, and why the reader believes it."""

    passage: Passage
    why: str


@dataclass(frozen=True, slots=True)
class Review:
    """The page of a document: its text in pieces, what may become a goal, what is kept out, what does not add up."""

    document: Document
    pieces: list[Piece]
    committing: list[Found]
    past: list[Passage]
    sums: list[tuple[bool, str]]
    undecided: int


def review(document: Document) -> Review:
    """Everything the review page shows; two queries whatever the document."""
    passages = list(document.passages.select_related("goal").order_by("words_start", "pk"))
    for passage in passages:
        passage.document = document
    committing = [Found(it, _why(it.why)) for it in passages if it.kind in Passage.COMMITTING]
    return Review(
        document=document,
        pieces=_pieces(document.text, passages),
        committing=committing,
        past=[it for it in passages if it.kind == Passage.Kind.PAST],
        sums=_sums(document),
        undecided=sum(found.passage.decision == Passage.Decision.OPEN for found in committing),
    )


def _why(key: str) -> str:
    return gettext("Pointed out by a person.") if key == "person" else gettext(explain(key))


def _sums(document: Document) -> list[tuple[bool, str]]:
    """Wholes against their parts, in words; the right ones too, since somebody will ask."""
    read_again = read(document.text, delivered=document.delivered_on, year=document.year.number)
    return [(it.adds_up, gettext(it.message) % it.params) for it in contradictions(document.text, read_again)]


def _pieces(text: str, passages: list[Passage]) -> list[Piece]:
    """The text cut at the marked words; where two overlap, the first is marked."""
    marked: list[Passage] = []
    for passage in passages:
        if passage.kind != Passage.Kind.OTHER and (not marked or passage.words_start >= marked[-1].words_end):
            marked.append(passage)
    edges = [0, *(edge for it in marked for edge in (it.words_start, it.words_end)), len(text)]
    stretches = [text[start:end] for start, end in pairwise(edges)]
    return [
        Piece(stretch, marked[place // 2] if place % 2 else None) for place, stretch in enumerate(stretches) if stretch
    ]
