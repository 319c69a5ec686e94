"""What is promised: goals divided and scheduled, letters issued and signed."""

from __future__ import annotations

from django.shortcuts import get_list_or_404
from ninja import Router

from shoushan.config.api.access import seen
from shoushan.config.api.reading import written_letter, written_shares
from shoushan.config.api.shapes import DivisionIn, LetterOut, ScheduleIn, ShareOut
from shoushan.config.api.tokens import Caller
from shoushan.letters import actions as letters
from shoushan.letters.models import Letter
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.plans import actions as plans
from shoushan.plans.models import Goal
from shoushan.web import clock

router = Router()


@router.put("/goals/{int:pk}/shares", response=list[ShareOut])
def divide(request: Caller, pk: int, given: DivisionIn) -> list[ShareOut]:
    """Divide a goal among units: equally, by_weight, by_hand, or the same for all; the shares make the goal."""
    goal = seen(request, Goal.objects.all(), pk=pk)
    demand(request.auth, "plans.divide")
    units = {unit.code: unit for unit in get_list_or_404(Unit, code__in=given.units)}
    chosen = [units[code] for code in given.units if code in units]
    weights = {units[code].pk: weight for code, weight in given.weights.items() if code in units}
    values = {units[code].pk: value for code, value in given.values.items() if code in units}
    plans.divide(goal, chosen, method=given.method, weights=weights or None, values=values or None, by=request.auth)
    return written_shares(goal.shares.all())


@router.put("/goals/{int:pk}/schedule", response=list[ShareOut])
def schedule(request: Caller, pk: int, given: ScheduleIn) -> list[ShareOut]:
    """Say which part of the whole, 0 to 1 and to date, is due by the end of which month."""
    goal = seen(request, Goal.objects.all(), pk=pk)
    demand(request.auth, "plans.divide")
    plans.set_schedule(goal, given.portions, by=request.auth)
    return written_shares(goal.shares.all())


@router.post("/letters/{int:pk}/issue", response=LetterOut)
def issue(request: Caller, pk: int) -> LetterOut:
    """Issue a draft that has its legal basis."""
    letter = seen(request, Letter.objects.all(), pk=pk)
    demand(request.auth, "letters.manage")
    return written_letter(letters.issue(letter, on=clock.today(), by=request.auth))


@router.post("/letters/{int:pk}/sign", response=LetterOut)
def sign(request: Caller, pk: int) -> LetterOut:
    """Sign as one of the two signatories."""
    letter = seen(request, Letter.objects.select_related("issuer", "receiver"), pk=pk)
    demand(request.auth, "letters.sign", letter)
    return written_letter(letters.sign(letter, by=request.auth))
