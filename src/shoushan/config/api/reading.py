"""What can be asked: goals, shares, letters, returns and scores, as far as the caller may see them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.assessment.queries.standings import chosen, runs_of
from shoushan.config.api.shapes import GoalOut, LetterOut, ReturnOut, ScoreOut, ShareOut, ValueOut
from shoushan.config.api.tokens import Caller
from shoushan.letters.models import Letter
from shoushan.orgs.models import Unit
from shoushan.plans.models import Goal, Share, Year
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
    return written_shares(Share.objects.visible_to(request.auth).filter(goal__year__number=year))


def written_shares(found: QuerySet[Share]) -> list[ShareOut]:
    """Shares as the API gives them."""
    shares = found.select_related("unit")
    return [ShareOut(id=share.pk, goal=share.goal_id, unit=share.unit.code, value=share.value) for share in shares]


@router.get("/letters", response=list[LetterOut])
def letters(request: Caller, year: int) -> list[LetterOut]:
    """The letters of a year that the caller may see."""
    found = Letter.objects.visible_to(request.auth).filter(year__number=year).select_related("unit")
    return [written_letter(letter) for letter in found]


def written_letter(letter: Letter) -> LetterOut:
    """A letter as the API gives it."""
    return LetterOut(id=letter.pk, unit=letter.unit.code, state=letter.state, version=letter.version)


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
        numerator=value.numerator, denominator=value.denominator, is_nil=value.is_nil, no_data=value.no_data,
        note=value.note, unusual=value.unusual, state=value.state, version=value.version,
    )  # fmt: skip


@router.get("/scores", response=list[ScoreOut])
def scores(request: Caller, year: int) -> list[ScoreOut]:
    """The scores of the published run, or for those who compute, of the newest; before it a unit sees its own."""
    run = chosen(runs_of(get_object_or_404(Year, number=year)), request.auth, None)
    if run is None:
        return []
    ranks = run.shows_ranks_to(request.auth)
    return [
        ScoreOut(
            unit=score.unit.code, group=score.group, points=score.points, status=score.status,
            rank=score.rank if ranks else None, grade=score.grade if ranks else "",
        )
        for score in run.scores.visible_to(request.auth).select_related("unit")
    ]  # fmt: skip
