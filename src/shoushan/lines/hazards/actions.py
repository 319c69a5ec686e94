"""One finding opens checks of like sites (举一反三)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.lines.hazards.line import checks
from shoushan.lines.hazards.models import Hazard, SafetyCheck
from shoushan.lines.hazards.queries import Site
from shoushan.orgs.models import Person
from shoushan.registers.actions import Entry, enter_many, locked


@transaction.atomic
def open_linked(hazard: Hazard, sites: Sequence[Site], *, on: date, by: Person) -> list[SafetyCheck]:
    """Open a check at each like site, with a link back to the hazard; never two at one site."""
    locked(hazard)
    opened = set(hazard.linked_checks.standing().values_list("unit_id", "name"))
    new = [site for site in sites if (site.unit.pk, site.name) not in opened | {(hazard.unit_id, hazard.name)}]
    if not new:
        raise Refusal(
            "hazards.no_new_site",
            mark("No site was chosen that does not have its linked check already."),
            hint=mark("Choose at least one other site."),
            field="sites",
        )
    entries = [
        Entry(
            site.unit,
            {"name": site.name, "address": site.address, "sector": hazard.sector, "hazard": hazard},
            on,
        )
        for site in new
    ]
    made: list[SafetyCheck] = enter_many(checks, entries, by=by)
    return made
