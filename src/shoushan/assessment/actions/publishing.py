"""Making a run public in two steps: announced to the units (公示), then final for everybody (公布)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shoushan.assessment.models import Assessment
from shoushan.assessment.norms import norms
from shoushan.assessment.queries.effects import newest
from shoushan.assessment.queries.public import appealable, final_run, open_objection, standing_run
from shoushan.core import workdays
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.ledger.canonical import root_hash
from shoushan.ledger.models import Leaf
from shoushan.notices import actions as notices
from shoushan.orgs.models import Person
from shoushan.plans.models import Year


@transaction.atomic
def announce(run: Assessment, *, at: datetime, by: Person) -> Assessment:
    """Show every unit its lines and everybody the totals, and open the window for objections."""
    year = Year.objects.select_for_update().get(pk=run.snapshot.year_id)
    run = Assessment.objects.select_for_update(of=("self",)).select_related("snapshot__year").get(pk=run.pk)
    before = standing_run(year)
    _check_may_announce(run, before)
    on = timezone.localdate(at)
    until = workdays.after(on, norms(on).objection_days, working=True)
    new = {"announced_at": at, "objections_until": until, "follows": before}
    ledger.change("announced", run, new, by=by)
    for score in run.scores.select_related("unit"):
        notices.queue(
            key=f"assessment.run:{run.pk}:announced:{score.unit_id}",
            to=score.unit,
            subject=mark("The scores of %(year)s are announced; objections until %(day)s"),
            body=mark("Look at your lines. Where one is wrong, say so on its sheet; it never counts against you."),
            params={"year": str(year), "day": until},
            url=score.get_absolute_url(),
            at=at,
        )
    return run


def _check_may_announce(run: Assessment, before: Assessment | None) -> None:
    if run.announced_at is not None:
        raise Refusal(
            "run.announced",
            mark("This run is announced already."),
            hint=mark("A correction is a new run with a number of its own."),
        )
    if before is not None and before.published_at is not None:
        raise Refusal(
            "run.final",
            mark("The result of %(year)s is final."),
            hint=mark("What is found wrong afterwards goes to the district head, with its cause."),
            params={"year": str(run.snapshot.year)},
        )
    if run.snapshot_id != newest(run).pk or (before is not None and before.number > run.number):
        raise Refusal(
            "run.outdated",
            mark("A later run or a later correction exists, so this run is not the newest."),
            hint=mark("Run the scheme once more, and announce that run."),
        )


@transaction.atomic
def publish(run: Assessment, *, at: datetime, by: Person) -> Assessment:
    """From now on everybody sees every score and rank of this run; nothing of it can change."""
    year = Year.objects.select_for_update().get(pk=run.snapshot.year_id)
    run = Assessment.objects.select_for_update(of=("self",)).select_related("snapshot__year").get(pk=run.pk)
    _check_may_publish(run, year)
    _check_nothing_is_open(run, year, at)
    ledger.change("published", run, {"published_at": at, **ledger_now()}, by=by)
    return run


def ledger_now() -> dict[str, int | str]:
    """How far the ledger goes at this moment, and its head."""
    leaves = [bytes(leaf) for leaf in Leaf.objects.order_by("position").values_list("hash", flat=True)]
    return {"ledger_size": len(leaves), "ledger_head": root_hash(leaves).hex()}


def _check_may_publish(run: Assessment, year: Year) -> None:
    if final_run(year) is not None:
        raise Refusal(
            "run.published",
            mark("The result of %(year)s is published already."),
            hint=mark("What is found wrong afterwards goes to the district head, with its cause."),
            params={"year": str(year)},
        )
    if run != standing_run(year):
        raise Refusal(
            "run.not_announced",
            mark("Only the run that is announced can become final."),
            hint=mark("Announce it first, so that every unit can look at its lines."),
        )


def _check_nothing_is_open(run: Assessment, year: Year, at: datetime) -> None:
    on = timezone.localdate(at)
    if found := open_objection(year):
        raise Refusal(
            "run.open_objection",
            mark("Objection %(number)s is open, so nothing is final."),
            hint=mark("Answer it first."),
            params={"number": found.pk},
        )
    if found := appealable(year, on=on):
        raise Refusal(
            "run.open_appeal",
            mark("The answer to objection %(number)s may be appealed until %(day)s."),
            hint=mark("Publish after that day."),
            params={"number": found.pk, "day": found.appeal_until},
        )
    if run.objections_until is None or on <= run.objections_until:
        raise Refusal(
            "run.window_open",
            mark("Units may object until %(day)s, so nothing is final before."),
            hint=mark("Publish on the day after."),
            params={"day": run.objections_until},
        )
