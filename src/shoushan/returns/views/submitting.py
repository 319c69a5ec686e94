"""A unit's month handed in: from its task list, or from the grid together with its figures."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from shoushan.core.errors import Refusal
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import MemberRequest
from shoushan.returns import actions
from shoushan.returns.actions import clocks_version
from shoushan.returns.models import Period
from shoushan.web import clock, dates


def submitted(request: MemberRequest, period: Period, unit: Unit) -> Refusal | None:
    """Submit the month and say so; what stands against it, where something does."""
    try:
        entry = actions.submit(period, unit, at=clock.now(), by=request.user)
    except Refusal as refusal:
        return refusal
    messages.success(request, _("Submitted. The verifier looks at it now."))
    if moved := clocks_moved(request, entry.period):
        messages.info(request, moved)
    return None


def clocks_moved(request: MemberRequest, period: Period) -> str:
    """What to say where the clocks were moved while somebody had the month open: the new ones have judged it."""
    if request.POST.get("clocks", clocks_version(period)) == clocks_version(period):
        return ""
    words = _("The clocks were changed while you had this page open. On time until %(due)s is what counts now.")
    return words % {"due": dates.until(period.due_at)}
