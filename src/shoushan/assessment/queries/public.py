"""Which run of a year stands before the units and the public, and what still keeps it from being final."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shoushan.assessment.models import Assessment, Objection, Score, ScoreLine
from shoushan.orgs.models import Unit
from shoushan.plans.models import Year


def standing_run(year: Year) -> Assessment | None:
    """The run that was announced or published last; what came before it is history."""
    announced = Assessment.objects.filter(snapshot__year=year, announced_at__isnull=False)
    return announced.select_related("snapshot__year", "snapshot__frozen_by", "run_by").order_by("-number").first()


def final_run(year: Year) -> Assessment | None:
    """The published run of a year."""
    return Assessment.objects.filter(snapshot__year=year, published_at__isnull=False).first()


def open_objection(year: Year, unit: Unit | None = None) -> Objection | None:
    """An objection that somebody still has to answer, of the year or of one unit."""
    found = Objection.objects.of_year(year).open()
    return (found if unit is None else found.filter(unit=unit)).order_by("pk").first()


def appealable(year: Year, *, on: date) -> Objection | None:
    """An objection that was not accepted and may still be appealed; the one with most time left."""
    still = Q(state=Objection.State.REFUSED, appealed_at__isnull=True, appeal_until__gte=on)
    return Objection.objects.of_year(year).filter(still).order_by("-appeal_until").first()


def unchanged(line: ScoreLine) -> list[ScoreLine]:
    """The line in this run and in the announced runs before it, back to the one in which it came out as it is.

    A line's window is that of the run in which it last changed, so whoever is moved by a correction may object anew.
    """
    runs = chain(line.score.assessment)
    same = ScoreLine.objects.filter(score__assessment__in=runs, score__unit=line.score.unit_id, rule=line.rule)
    found: list[ScoreLine] = []
    for each in same.select_related("score__assessment").order_by("-score__assessment__number"):
        if (each.points, each.inputs) != (line.points, line.inputs):
            break
        found.append(each)
    return found


def chain(run: Assessment) -> list[Assessment]:
    """A run and those it corrects, newest first."""
    found = [run]
    while found[-1].follows is not None:
        found.append(found[-1].follows)
    return found


def last_day(line: ScoreLine) -> date | None:
    """Until when the unit may object to a line; None before it is announced."""
    return last_days(line.score).get(line.rule)


def last_days(score: Score) -> dict[str, date | None]:
    """By rule, until when the unit may object; the same questions however many lines."""
    runs = chain(score.assessment)
    lines = ScoreLine.objects.filter(score__assessment__in=runs, score__unit=score.unit_id)
    shown: dict[str, ScoreLine] = {}
    found: dict[str, date | None] = {}
    ended: set[str] = set()
    for line in lines.select_related("score__assessment").order_by("-score__assessment__number"):
        first = shown.setdefault(line.rule, line)
        if (line.points, line.inputs) != (first.points, first.inputs):
            ended.add(line.rule)
        if line.rule not in ended:
            found[line.rule] = line.score.assessment.objections_until
    return found
