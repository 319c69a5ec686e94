"""Freezing a year: its verified figures become one file, and nothing moves any more."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shoushan.assessment.models import Snapshot
from shoushan.assessment.queries.effects import path_of
from shoushan.assessment.queries.facts import facts_of
from shoushan.assessment.queries.panels import open_panel_of
from shoushan.core.errors import Refusal, mark
from shoushan.core.files import keep_whole
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans import actions as plans
from shoushan.plans.models import Year
from shoushan.returns.models import Value
from shoushan.scoring import Facts, load_scheme


@transaction.atomic
def freeze(year: Year, *, scheme_path: Path, reason: str = "", at: datetime, by: Person) -> Snapshot:
    """Keep the verified facts of a year for good; what still waits for verification is left out for a reason only."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    _check_may_freeze(year, reason.strip())
    facts = facts_of(year, load_scheme(scheme_path).facts(), at=at)
    if not facts.groups:
        raise Refusal(
            "run.nobody",
            mark("No unit carries a measured goal of %(year)s, so there is nothing to freeze."),
            hint=mark("Divide the goals among units first."),
            params={"year": str(year)},
        )
    snapshot = Snapshot.objects.create(
        year=year, sha256=keep(facts), rows=sum(1 for _ in facts.rows()), frozen_at=at, frozen_by=by
    )
    ledger.record("frozen", snapshot, by=by, reason=reason.strip())
    plans.freeze_year(year, by=by)
    return snapshot


def _check_may_freeze(year: Year, reason: str) -> None:
    if year.state != Year.State.RUNNING:
        raise Refusal(
            "run.frozen",
            mark("%(year)s is frozen already."),
            hint=mark("Run the scheme on what was frozen."),
            params={"year": str(year)},
        )
    if panel := open_panel_of(year):
        raise Refusal(
            "panel.open",
            mark("The panel “%(panel)s” still takes votes, so its result is not known."),
            hint=mark("Close it first."),
            params={"panel": panel.title},
        )
    waiting = Value.objects.waiting().filter(entry__period__year=year).count()
    if waiting and not reason:
        raise Refusal(
            "run.unverified",
            mark("Figures that wait for verification: %(count)s. Freezing now would leave them out."),
            hint=mark("Have them verified or sent back, or say in a sentence why the year is frozen without them."),
            params={"count": waiting},
            field="reason",
        )


def keep(facts: Facts) -> str:
    """Write the file under the name of its own digest."""
    content = facts.parquet()
    sha256 = hashlib.sha256(content).hexdigest()
    keep_whole(path_of(sha256), content)
    return sha256
