"""Making the archive of a year; the ledger keeps the hash by which it is known."""

from __future__ import annotations

from django.db import transaction

from shoushan.assessment.archive.packing import Packed, pack
from shoushan.assessment.models import Assessment
from shoushan.assessment.queries.public import final_run
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person
from shoushan.plans.models import Year


@transaction.atomic
def archive(year: Year, *, by: Person | None) -> Packed:
    """The archive of a year whose result is final."""
    run = Assessment.objects.select_for_update(of=("self",)).filter(pk=_final(year).pk).select_related("snapshot__year")
    found = run.get()
    # PostgreSQL gives events their places a moment after they are committed; the archive takes them all along
    ledger.sequence()
    packed = pack(found)
    ledger.record("archived", found, by=by, before={}, reason=f"SHA-256 {packed.manifest_sha256}")
    return packed


def _final(year: Year) -> Assessment:
    found = final_run(year)
    if found is None:
        raise Refusal(
            "archive.not_final",
            mark("%(year)s has no final result, so there is nothing to put away."),
            hint=mark("Publish the result first."),
            params={"year": str(year)},
        )
    return found
