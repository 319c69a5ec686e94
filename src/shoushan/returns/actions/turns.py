"""Who verifies which unit in a month."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.returns import rotation
from shoushan.returns.models import Period, Rota
from shoushan.returns.norms import norms
from shoushan.returns.queries.turns import may_verify, months_before


@transaction.atomic
def assign_turns(period: Period, *, seed: str, at: datetime, by: Person) -> Rota:
    """Give each unit its verifier for a month; once, so that nobody assigns until it pleases."""
    period = Period.objects.select_for_update(of=("self",)).select_related("year").get(pk=period.pk)
    if Rota.objects.filter(period=period).exists():
        raise Refusal(
            "rota.assigned",
            mark("The verifiers of %(month)s are assigned already."),
            hint=mark("Others may help: every verifier sees the whole queue."),
            params={"month": period.calendar_month},
        )
    rules = norms(period.calendar_month.last_day)
    may = may_verify(period)
    if not any(may.values()):
        raise Refusal(
            "rota.nobody",
            mark("Nobody holds the post of a verifier in %(month)s."),
            hint=mark("The administrator appoints one under “Units and posts”."),
            params={"month": period.calendar_month},
        )
    found = rotation.assign(may, months_before(period), months=rules.rotation_months, seed=seed)
    turns = {str(unit): person for unit, person in found.turns.items()}
    rota = Rota.objects.create(
        period=period, seed=seed, turns=turns, kept_on=found.kept_on, assigned_by=by, assigned_at=at
    )
    ledger.record("assigned", rota, by=by)
    return rota
