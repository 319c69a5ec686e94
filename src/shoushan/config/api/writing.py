"""What can be done: a reporter's figures saved and submitted, by the same actions as on the pages."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.reading import written
from shoushan.config.api.shapes import ReturnOut, ValueIn, ValueOut
from shoushan.config.api.tokens import Caller
from shoushan.orgs.models import Unit
from shoushan.plans.models import Indicator
from shoushan.returns import actions
from shoushan.returns.models import Period
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
        no_data=given.no_data, note=given.note, version=given.version, at=clock.now(), by=request.auth,
    )  # fmt: skip
    return ValueOut(
        indicator=indicator, about=about.code, amount=value.amount, no_data=value.no_data, state=value.state,
        version=value.version,
    )  # fmt: skip


@router.post("/returns/{int:year}/{int:month}/{unit}/submit", response=ReturnOut)
def submit(request: Caller, year: int, month: int, unit: str) -> ReturnOut:
    """Submit a unit's month."""
    period, own = month_of(request, year, month, unit)
    return written(actions.submit(period, own, at=clock.now(), by=request.auth))
