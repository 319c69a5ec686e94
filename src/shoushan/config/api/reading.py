"""What can be asked: goals, shares, letters, returns and scores, as far as the caller may see them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.assessment.models import Score
from shoushan.config.api.shapes import GoalOut, LetterOut, ReturnOut, ScoreOut, ShareOut, ValueOut
from shoushan.config.api.tokens import Caller
from shoushan.letters.models import Letter
from shoushan.orgs.models import Unit
from shoushan.plans.models import Goal, Share
from shoushan.returns.models import Period, Return, Value

router = Router()


@router.get("/goals", response=list[GoalOut])
def goals(request: Caller, year: int) -> list[GoalOut]:
    """The confirmed goals of a year, in the order of their document."""
    found = Goal.objects.visible_to(request.auth).filter(year__number=year)
    return [
        GoalOut(
            id=goal.pk, title=goal.title, kind=goal.kind, sentence=goal.passage.sentence, compare=goal.compare,
            indicator=goal.indicator.key if goal.indicator else None, value=goal.value, measure=goal.measure,
            due_on=goal.due_on,
        )
        for goal in found.select_related("passage__document", "indicator")
    ]  # fmt: skip


@router.get("/shares", response=list[ShareOut])
def shares(request: Caller, year: int) -> list[ShareOut]:
    """The shares of a year that the caller may see, in tree order."""
    found = Share.objects.visible_to(request.auth).filter(goal__year__number=year).select_related("unit")
    return [ShareOut(id=share.pk, goal=share.goal_id, unit=share.unit.code, value=share.value) for share in found]


@router.get("/letters", response=list[LetterOut])
def letters(request: Caller, year: int) -> list[LetterOut]:
    """The letters of a year that the caller may see."""
    found = Letter.objects.visible_to(request.auth).filter(year__number=year).select_related("unit")
    return [LetterOut(id=it.pk, unit=it.unit.code, state=it.state, version=it.version) for it in found]


@router.get("/returns/{int:year}/{int:month}/{unit}", response=ReturnOut)
def unit_month(request: Caller, year: int, month: int, unit: str) -> ReturnOut:
    """One unit's month with its values; none where nothing has been entered yet."""
    found = get_object_or_404(Unit.objects.visible_to(request.auth), code=unit)
    period = get_object_or_404(Period.objects.select_related("year"), year__number=year, month=month)
    entry = period.returns.filter(unit=found).first()
    if entry is None:
        return ReturnOut(month=str(period.calendar_month), unit=found.code, submitted_at=None, is_late=False, values=[])
    entry.period, entry.unit = period, found
    return written(entry)


def written(entry: Return) -> ReturnOut:
    """A return as the API gives it."""
    return ReturnOut(
        month=str(entry.period.calendar_month),
        unit=entry.unit.code,
        submitted_at=entry.submitted_at,
        is_late=entry.is_late,
        values=[written_value(value) for value in entry.values.select_related("indicator", "unit")],
    )


def written_value(value: Value) -> ValueOut:
    """A figure as the API gives it."""
    return ValueOut(
        id=value.pk, indicator=value.indicator.key, about=value.unit.code, amount=value.amount,
        no_data=value.no_data, state=value.state, version=value.version,
    )  # fmt: skip


@router.get("/scores", response=list[ScoreOut])
def scores(request: Caller, year: int) -> list[ScoreOut]:
    """The scores of the year's last run; before publication a unit sees its own only."""
    found = Score.objects.visible_to(request.auth).filter(assessment__snapshot__year__number=year)
    newest = found.order_by("-assessment__number").select_related("assessment").first()
    if newest is None:
        return []
    ranks = newest.assessment.shows_ranks_to(request.auth)
    return [
        ScoreOut(
            unit=score.unit.code, group=score.group, points=score.points, status=score.status,
            rank=score.rank if ranks else None, grade=score.grade if ranks else "",
        )
        for score in found.filter(assessment=newest.assessment_id).select_related("unit")
    ]  # fmt: skip
