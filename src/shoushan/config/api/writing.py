"""A unit's month: figures saved and submitted, accepted or sent back, by the same actions as on the pages."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.access import seen
from shoushan.config.api.reading import written, written_value
from shoushan.config.api.shapes import DecisionIn, ReturnOut, ValueIn, ValueOut
from shoushan.config.api.tokens import Caller
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.plans.models import Indicator
from shoushan.returns import actions
from shoushan.returns.models import Period, Value
from shoushan.web import clock

router = Router()


def month_of(caller: Caller, year: int, month: int, unit: str) -> tuple[Period, Unit]:
    """The period and the unit, if the caller enters figures for it."""
    found = get_object_or_404(Unit.objects.visible_to(caller.auth), code=unit)
    if not caller.auth.has_perm("returns.enter", found):
        raise Http404
    return get_object_or_404(Period.objects.select_related("year"), year__number=year, month=month), found


@router.put("/returns/{int:year}/{int:month}/{unit}/values/{indicator}", response=ValueOut)
def save_value(request: Caller, year: int, month: int, unit: str, indicator: str, given: ValueIn) -> ValueOut:
    """Save one figure; it counts once the month is submitted."""
    period, own = month_of(request, year, month, unit)
    about = get_object_or_404(Unit, code=given.about) if given.about else own
    value = actions.save_value(
        period, own, get_object_or_404(Indicator, key=indicator), about=about, amount=given.amount,
        numerator=given.numerator, denominator=given.denominator, is_nil=given.is_nil,
        no_data=given.no_data, note=given.note, version=given.version, at=clock.now(), by=request.auth,
    )  # fmt: skip
    return written_value(value)


@router.post("/returns/{int:year}/{int:month}/{unit}/submit", response=ReturnOut)
def submit(request: Caller, year: int, month: int, unit: str) -> ReturnOut:
    """Submit a unit's month."""
    period, own = month_of(request, year, month, unit)
    return written(actions.submit(period, own, at=clock.now(), by=request.auth))


@router.post("/values/{int:pk}/decision", response=ValueOut)
def decide(request: Caller, pk: int, given: DecisionIn) -> ValueOut:
    """Accept a submitted figure, or send it back with a reason; never one's own."""
    value = seen(request, Value.objects.select_related("entry__unit"), pk=pk)
    demand(request.auth, "returns.verify", value.entry.unit)
    if given.decision == "returned":
        decided = actions.send_back(value, reason=given.reason, version=given.version, at=clock.now(), by=request.auth)
    else:
        decided = actions.accept(value, version=given.version, at=clock.now(), by=request.auth)
    return written_value(decided)
