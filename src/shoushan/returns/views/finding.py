"""The month and the unit that an address names, and which clock keeps them closed."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from shoushan.core.errors import Refusal
from shoushan.core.months import Month
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest
from shoushan.returns.clocks import check_open
from shoushan.returns.models import Period
from shoushan.web import clock


def period_of(month: Month) -> Period:
    return get_object_or_404(Period.objects.select_related("year"), year__number=month.year, month=month.month)


def unit_seen_by(request: MemberRequest, code: str) -> Unit:
    """A unit whose month the person may see; a foreign one is as if it were not there."""
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    return unit


def closed(period: Period, unit: Unit) -> Refusal | None:
    """Which clock keeps the month closed for a unit now, if one does."""
    try:
        check_open(period, unit, at=clock.now())
    except Refusal as refusal:
        return refusal
    return None
