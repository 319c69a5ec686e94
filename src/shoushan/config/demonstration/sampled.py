"""Three months verified by sample, and who verifies whom in November: drawn and concluded by the pages' own actions."""

from __future__ import annotations

from datetime import date, timedelta

from shoushan.config.demonstration.district import SINCE, YEAR, Cast, moment
from shoushan.config.demonstration.months import BY_SAMPLE, LAST
from shoushan.ledger.moment import acting
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Post
from shoushan.plans.models import Year
from shoushan.returns import actions
from shoushan.returns.models import Draw, Period, Value
from shoushan.returns.queries.draws import Scope

DRAWN = date(YEAR, 10, 12)
SEED = "20261012"
COLLEAGUE = "verifier-2"


def run(cast: Cast) -> None:
    """A draw over the third quarter, all of it right, and the turns of October and November."""
    verifier = cast.people["verifier"]
    with acting(at=moment(SINCE)):
        # han: an invented name
        colleague = orgs.register_person(login=COLLEAGUE, name="邵察", password=None, by=None)
        orgs.appoint(colleague, cast.units["district"], Post.Role.VERIFIER, from_on=SINCE, by=None)
    with acting(at=moment(DRAWN)):
        scope = Scope(Year.objects.get(number=YEAR), cast.units["district"], BY_SAMPLE[0], BY_SAMPLE[-1])
        draw = actions.draw(scope, seed=SEED, at=moment(DRAWN), by=verifier)
    _look_at(draw, cast)
    for month in (LAST - 1, LAST):
        period = Period.objects.get(year__number=YEAR, month=month)
        at = moment(period.calendar_month.last_day)
        with acting(at=at):
            actions.assign_turns(period, seed=f"{YEAR}-{month}", at=at, by=cast.people["supervision"])


def _look_at(draw: Draw, cast: Cast) -> None:
    verifier, at = cast.people["verifier"], moment(DRAWN + timedelta(days=1), 9)
    with acting(at=at):
        for value in Value.objects.filter(pk__in=draw.looked_at).order_by("pk"):
            actions.accept(value, at=at, by=verifier)
    with acting(at=at + timedelta(hours=3)):
        actions.conclude(draw, at=at + timedelta(hours=3), by=verifier)
