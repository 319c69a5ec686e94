"""A draw: lots are drawn over what waits, and once the sample has been looked at, it is concluded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year
from shoushan.returns import lots
from shoushan.returns.actions.several import Outcome
from shoushan.returns.actions.verifying import accept_by_sample
from shoushan.returns.clocks import check_running
from shoushan.returns.models import Draw, Value
from shoushan.returns.norms import norms
from shoushan.returns.queries.draws import Scope, progress, waiting_in
from shoushan.returns.queries.risks import risks_of


@transaction.atomic
def draw(scope: Scope, *, seed: str, at: datetime, by: Person) -> Draw:
    """Draw lots over the figures of a scope that wait; what was in the urn and the seed are kept for everybody.

    The seed is given from outside and kept with its event, so the same lots can be drawn again. While a draw is being
    checked, its figures are in no other one: nobody draws until the lots please them.
    """
    year = Year.objects.select_for_update().get(pk=scope.year.pk)
    check_running(year)
    _check_scope(scope)
    rules = norms(scope.last_day)
    tickets = lots.tickets_of(risks_of(waiting_in(scope), rules))
    if not tickets:
        raise Refusal(
            "draw.empty",
            mark("Nothing of these months waits for verification."),
            hint=mark("Choose months that units have submitted."),
        )
    population, found = lots.written(tickets), lots.drawn(tickets, seed, rules)
    made = Draw.objects.create(
        year=year,
        first_month=scope.first_month,
        last_month=scope.last_month,
        unit=scope.unit,
        norms_since=rules.since,
        confidence=rules.confidence,
        tolerable_percent=rules.tolerable_percent,
        allowed=rules.allowed,
        population=population,
        population_sha256=lots.hash_of(population),
        seed=seed,
        certain=found.certain,
        sample=found.sample,
        extra=found.extra,
        drawn_by=by,
        drawn_at=at,
    )
    ledger.record("drawn", made, by=by)
    return made


@transaction.atomic
def conclude(made: Draw, *, at: datetime, by: Person) -> list[Outcome]:
    """End a draw: the rest is accepted by sample, or, with too many wrong, all of it is checked one by one."""
    made = Draw.objects.select_for_update(of=("self",)).select_related("year", "unit").get(pk=made.pk)
    check_running(made.year)
    if made.state != Draw.State.OPEN:
        raise Refusal(
            "draw.concluded",
            mark("%(name)s concluded this draw on %(at)s."),
            hint=mark("What came of it stands below."),
            params={"name": made.concluded_by.name if made.concluded_by else "", "at": made.concluded_at},
        )
    known = progress(made)
    if not known.is_beyond and known.waiting:
        raise Refusal(
            "draw.unfinished",
            mark("%(count)s of the figures drawn still wait."),
            hint=mark("Look at each of them first; the guarantee speaks of the whole sample."),
            params={"count": known.waiting},
        )
    state = Draw.State.ALL if known.is_beyond else Draw.State.ACCEPTED
    ledger.change("concluded", made, {"state": state, "concluded_by": by, "concluded_at": at}, by=by)
    return [] if known.is_beyond else _accept_rest(made, at, by)


def _accept_rest(made: Draw, at: datetime, by: Person) -> list[Outcome]:
    """What nobody looked at, where it still says what it said in the urn."""
    versions = {each.id: each.version for each in lots.read(made.population) if each.id not in made.looked_at}
    rows: Iterable[Value] = (
        Value.objects.select_for_update(of=("self",))
        .filter(pk__in=versions)
        .select_related("entered_by", "entry__unit", "entry__period__year", "indicator", "unit", "decided_by")
        .order_by("pk")
    )
    outcomes = []
    for value in rows:
        try:
            accept_by_sample(value, made, version=versions[value.pk], at=at, by=by)
            outcomes.append(Outcome(value, None))
        except Refusal as refusal:
            outcomes.append(Outcome(value, refusal))
    return outcomes


def _check_scope(scope: Scope) -> None:
    if scope.first_month > scope.last_month:
        raise Refusal(
            "draw.months",
            mark("The first month lies after the last one."),
            hint=mark("Choose them in their order."),
            field="last_month",
        )
    for other in Draw.objects.filter(year=scope.year, state=Draw.State.OPEN).select_related("unit"):
        if scope.touches(other):
            raise Refusal(
                "draw.open",
                mark("A draw over some of these figures is still being checked."),
                hint=mark("Conclude it first: lots are drawn once, and not until they please."),
            )
