"""Objections as their pages show them, and what waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from shoushan.assessment.models import Answer, Assessment, Consequence, Objection, ScoreLine
from shoushan.assessment.queries.effects import Correction, Effect, effect
from shoushan.assessment.queries.moves import Move, moves, stands_of
from shoushan.assessment.queries.public import standing_run
from shoushan.assessment.queries.scorers import may_not_answer
from shoushan.assessment.queries.sheets import Fact, Line, sheet_line
from shoushan.evidence.models import Evidence
from shoushan.orgs.models import Person
from shoushan.web.today import Task

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, and who moved by the run it led to."""

    answer: Answer
    moves: list[Move]


@dataclass(frozen=True, slots=True)
class Page:
    """One objection as one person sees it."""

    objection: Objection
    line: Line
    files: list[Evidence]
    answers: list[Answered]
    may_answer: bool
    may_admit: bool
    may_appeal: bool
    # a person of an answering office who had a hand in the figure is told so
    had_a_hand: bool


def objections_of(person: Person) -> list[Objection]:
    """What a person may see: what is open first, then the newest."""
    seen = Objection.objects.visible_to(person).with_line()
    open_ones = list(seen.open().order_by("answer_until", "pk")[:SHOWN])
    return [*open_ones, *seen.exclude(state__in=Objection.OPEN)[:SHOWN]]


def page_of(objection: Objection, person: Person, *, on: date) -> Page:
    """The objection, its line, its evidence and its answers, and what this person may do."""
    waits = objection.state in Objection.TO_ANSWER
    answers = waits and person.has_perm("assessment.answer")
    hands = may_not_answer(objection) if answers else []
    had_a_hand = person.pk in {hand.pk for hand in hands}
    return Page(
        objection=objection,
        line=sheet_line(objection.line),
        files=list(Evidence.objects.about(objection).standing().select_related("file")),
        answers=[_answered(answer, person) for answer in _answers(objection)],
        may_answer=answers and not had_a_hand,
        may_admit=objection.state == Objection.State.LATE and person.has_perm("assessment.manage"),
        may_appeal=_may_appeal(objection, person, on),
        had_a_hand=had_a_hand,
    )


def _answers(objection: Objection) -> QuerySet[Answer]:
    return objection.answers.select_related("answered_by", "run__follows", "run__snapshot__year")


def _answered(answer: Answer, person: Person) -> Answered:
    """A unit sees who moved once the result is final; until then its own line says what it needs."""
    run = answer.run
    if run is None or run.follows is None or not run.shows_ranks_to(person):
        return Answered(answer, [])
    return Answered(answer, moves(stands_of(run.follows), stands_of(run)))


def _may_appeal(objection: Objection, person: Person, on: date) -> bool:
    is_refused = objection.state == Objection.State.REFUSED and objection.appealed_at is None
    in_time = objection.appeal_until is not None and on <= objection.appeal_until
    return is_refused and in_time and person.has_perm("assessment.object", objection.unit)


def facts_of(line: ScoreLine) -> list[Fact]:
    """What a line counts, by name."""
    return sheet_line(line).facts


def tried(objection: Objection, correction: Correction) -> Effect:
    """The effect of a correction against the run that stands."""
    standing = standing_run(objection.line.score.assessment.snapshot.year)
    return effect(objection, standing or objection.line.score.assessment, correction)


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """For 今日: what the offices answer, admit and decide, and until when a unit may object."""
    if person.has_perm("assessment.answer"):
        yield from _to_answer(person)
    if person.has_perm("assessment.manage"):
        yield from _to_admit()
    if person.has_perm("assessment.decide"):
        yield from _to_decide()
    units = person.units_as("head", "reporter")
    if units:
        seen = Q(announced_at__isnull=False, published_at__isnull=True, objections_until__gte=on)
        runs = Assessment.objects.filter(seen, followed_by__isnull=True, scores__unit__in=units)
        for run in runs.select_related("snapshot__year").distinct():
            title = gettext("The scores of %(year)s are announced: look at yours") % {"year": run.snapshot.year}
            yield Task(title=title, url=f"/assessment/{run.snapshot.year}/", due=run.objections_until)


def _to_answer(person: Person) -> Iterable[Task]:
    """Not those in which this person plainly had a hand; who verified the figure is told on the page."""
    mine = Q(line__score__assessment__run_by=person) | Q(line__score__assessment__snapshot__frozen_by=person)
    found = Objection.objects.filter(state__in=Objection.TO_ANSWER).exclude(mine | Q(answers__answered_by=person))
    for each in found.select_related("unit", "line"):
        title = gettext("Answer objection %(number)s: %(line)s") % {"number": each.pk, "line": each.line.label}
        yield Task(title=title, url=each.get_absolute_url(), due=each.answer_until, unit=each.unit.name)


def _to_admit() -> Iterable[Task]:
    for each in Objection.objects.filter(state=Objection.State.LATE).select_related("unit"):
        title = gettext("Objection %(number)s came late: admit it or not") % {"number": each.pk}
        yield Task(title=title, url=each.get_absolute_url(), due=each.answer_until, unit=each.unit.name)


def _to_decide() -> Iterable[Task]:
    waiting = Consequence.objects.filter(state="proposed", score__assessment__published_at__isnull=False)
    years = Counter(waiting.values_list("score__assessment__snapshot__year__number", flat=True))
    for number, count in sorted(years.items()):
        title = gettext("Decide what follows from %(year)s: %(count)s proposals") % {"year": number, "count": count}
        yield Task(title=title, url=f"/assessment/{number}/consequences/")
