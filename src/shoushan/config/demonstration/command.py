"""`shoushan demo build`: the demonstration district, built once."""

from __future__ import annotations

import sys

from django.db import transaction

from shoushan.config.demonstration import (
    deals,
    drafted,
    greening,
    hazards,
    meetings,
    months,
    past,
    petitions,
    plan,
    registers,
    requests,
    sampled,
    streets,
    warnings,
)
from shoushan.config.demonstration.district import Cast, found
from shoushan.orgs.models import Person


def main(argv: list[str]) -> int:
    """Build the demonstration; 0 also where it stands already, 2 where the database holds somebody else."""
    if argv != ["build"]:
        sys.stderr.write("shoushan demo build\n")
        return 2
    if Person.objects.filter(login="demo-admin").exists():
        return 0
    if Person.objects.exists():
        sys.stderr.write("This database holds a real district; the demonstration is built in an empty one only.\n")
        return 2
    build()
    return 0


@transaction.atomic
def build() -> Cast:
    """The whole year, in one transaction: half a demonstration is never seen."""
    cast = found()
    plan.promise(cast)
    deals.run(cast)
    for line in (streets, greening, hazards, petitions, registers):
        line.run(cast)
    past.remember(cast)
    months.report(cast)
    sampled.run(cast)
    requests.run(cast)
    warnings.light(cast)
    meetings.run(cast)
    drafted.run(cast)
    return cast
