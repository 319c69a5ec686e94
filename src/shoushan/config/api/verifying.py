"""What waits to be verified, lots drawn over it, and how far a draw is, by the same actions as on the pages."""

from __future__ import annotations

import secrets

from django.shortcuts import get_object_or_404
from ninja import Router

from shoushan.config.api.access import seen
from shoushan.config.api.shapes import DrawIn, DrawOut, WaitingOut
from shoushan.config.api.tokens import Caller
from shoushan.orgs.models import Unit
from shoushan.orgs.requests import demand
from shoushan.plans.models import Year
from shoushan.returns import actions
from shoushan.returns.models import Draw
from shoushan.returns.queries.draws import Scope, progress
from shoushan.returns.queries.verifying import queue
from shoushan.web import clock

router = Router()
SEED_BYTES = 16


@router.get("/values/waiting", response=list[WaitingOut])
def waiting(request: Caller) -> list[WaitingOut]:
    """The figures the caller may verify, in the order of the queue; each is decided at ``values/ID/decision``."""
    demand(request.auth, "returns.verify")
    return [
        WaitingOut(
            id=value.pk, month=str(value.entry.period.calendar_month), unit=value.entry.unit.code,
            indicator=value.indicator.key, about=value.unit.code, amount=value.amount, no_data=value.no_data,
            note=value.note, version=value.version,
        )
        for value in queue(request.auth)
    ]  # fmt: skip


@router.post("/draws", response=DrawOut)
def draw(request: Caller, given: DrawIn) -> DrawOut:
    """Draw lots over the figures of some months that wait; the seed is made here, and kept."""
    unit = get_object_or_404(Unit.objects.visible_to(request.auth), code=given.unit)
    demand(request.auth, "returns.verify", unit)
    scope = Scope(get_object_or_404(Year, number=given.year), unit, given.first_month, given.last_month)
    return written(actions.draw(scope, seed=secrets.token_hex(SEED_BYTES), at=clock.now(), by=request.auth))


@router.get("/draws/{int:pk}", response=DrawOut)
def one(request: Caller, pk: int) -> DrawOut:
    """A draw: what was drawn, how far the checking is, and what the sample says once all of it was looked at."""
    return written(seen(request, Draw.objects.select_related("unit", "year"), pk=pk))


@router.post("/draws/{int:pk}/conclusion", response=DrawOut)
def conclude(request: Caller, pk: int) -> DrawOut:
    """Accept the rest by sample, or, with too many wrong, go on to check all of it."""
    made = seen(request, Draw.objects.select_related("unit", "year"), pk=pk)
    demand(request.auth, "returns.verify", made.unit)
    actions.conclude(made, at=clock.now(), by=request.auth)
    made.refresh_from_db()
    return written(made)


def written(made: Draw) -> DrawOut:
    """A draw as the API gives it."""
    known = progress(made)
    return DrawOut(
        id=made.pk, unit=made.unit.code, first_month=str(made.first), last_month=str(made.last), state=made.state,
        seed=made.seed, figures=[each["id"] for each in made.population], figures_sha256=made.population_sha256,
        certain=made.certain, sample=made.sample, extra=made.extra, checked=known.sample_checked,
        wrong=known.sample_wrong, confidence=made.confidence, of=known.rest_size,
        most_wrong=known.most_wrong if known.is_checked else None,
    )  # fmt: skip
