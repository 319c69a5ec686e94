"""A survival sample is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.lines.greening.line import sample_of, surveys
from shoushan.lines.greening.models import Planting, Survey
from shoushan.orgs.models import Person
from shoushan.registers.actions import enter


@transaction.atomic
def draw(
    planting: Planting, *, name: str, seed: str, precision: Decimal, expected: Decimal, on: date, by: Person
) -> Survey:
    """Draw a sample of a site's planted places: as many as the precision needs, those the seed names."""
    if not planting.planted_trees:
        raise Refusal(
            "greening.nothing_planted",
            mark("Nothing has been planted here that could be looked at."),
            hint=mark("Enter how many trees were planted."),
            field="planting",
        )
    asked = {
        "name": name,
        "planting": planting,
        "population": planting.planted_trees,
        "precision_share": precision,
        "expected_share": expected,
        "seed": seed,
    }
    count, drawn = sample_of(Survey(**asked)) or (0, "")
    made: Survey = enter(surveys, planting.unit, {**asked, "sample_trees": count, "drawn": drawn}, on=on, by=by)
    return made
