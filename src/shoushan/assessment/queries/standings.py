"""Where a year stands between running and published, and its units group by group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shoushan.assessment.models import SEES_RANKS, Assessment, Score, Snapshot
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.returns.models import Return, Value


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is still open while a year runs: figures to verify, and months begun and never submitted."""

    to_verify: int
    unsubmitted: int


@dataclass(frozen=True, slots=True)
class Group:
    """The units that are compared with each other, first place first."""

    label: str
    scores: list[Score]


@dataclass(frozen=True, slots=True)
class Situation:
    """A year's assessment as one person sees it."""

    year: Year
    # as the year was frozen, and every correction since, the newest first
    snapshot: Snapshot | None
    corrections: list[Snapshot]
    runs: list[Assessment]
    shown: Assessment | None
    groups: list[Group]
    shows_ranks: bool
    # whose sheets this person may open, where the list shows more units than that
    own: set[int]
    waiting: Waiting | None
    # other years that were assessed, the newest first
    others: list[int]


def situation(year: Year, person: Person, *, run: int | None = None) -> Situation:
    """The year with one of its runs: the one asked for, the published one, or for those who compute, the newest."""
    snapshots = list(Snapshot.objects.filter(year=year).select_related("frozen_by", "year"))
    runs = runs_of(year)
    shown = chosen(runs, person, run)
    return Situation(
        year=year,
        snapshot=snapshots[-1] if snapshots else None,
        corrections=snapshots[:-1],
        runs=runs,
        shown=shown,
        groups=_groups(shown, person) if shown else [],
        own=set(shown.scores.visible_to(person).values_list("pk", flat=True)) if shown else set(),
        shows_ranks=bool(shown and shown.shows_ranks_to(person)),
        waiting=None if snapshots else _waiting(year),
        others=list(
            Year.objects.filter(snapshots__number=1)
            .exclude(pk=year.pk)
            .order_by("-number")
            .values_list("number", flat=True)
        ),
    )


def runs_of(year: Year) -> list[Assessment]:
    """Every run on the year's frozen facts, newest first."""
    return list(Assessment.objects.filter(snapshot__year=year).select_related("run_by", "snapshot__year"))


def chosen(runs: list[Assessment], person: Person, number: int | None) -> Assessment | None:
    """The run that was asked for; else the one that is public, or the newest for those who compute."""
    if number is not None:
        return next((each for each in runs if each.number == number), None)
    public = [each for each in runs if each.announced_at is not None]
    return next(iter(runs if person.holds(*SEES_RANKS) else [*public, *runs]), None)


def _groups(assessment: Assessment, person: Person) -> list[Group]:
    scores = assessment.scores.listed_to(person, assessment).select_related("unit", "assessment__snapshot__year")
    ordered = scores.prefetch_related("consequences")
    if not assessment.shows_ranks_to(person):
        ordered = ordered.order_by("group", "unit__path")
    return groups(ordered)


def groups(scores: Iterable[Score]) -> list[Group]:
    """Scores in their order, under the names of their groups."""
    labels = dict(Unit.Kind.choices)
    return [
        Group(str(labels.get(group, group)), list(found)) for group, found in groupby(scores, key=lambda it: it.group)
    ]


def _waiting(year: Year) -> Waiting:
    return Waiting(
        to_verify=Value.objects.waiting().filter(entry__period__year=year).count(),
        unsubmitted=Return.objects.filter(period__year=year, submitted_at__isnull=True).count(),
    )
