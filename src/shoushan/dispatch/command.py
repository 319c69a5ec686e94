"""`shoushan warnings`: judge the months that are over, and keep what each says of its year's end.

Run it at night by a timer; it may run as often as one likes. ``--on`` judges as of another day, ``--check`` runs the
golden cases of the rule book and judges nothing.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date

from shoushan.dispatch import actions
from shoushan.dispatch.rules import book, cases
from shoushan.plans.models import Year
from shoushan.web import clock


def main(argv: list[str]) -> int:
    """0 when done, 1 where a golden case does not come out."""
    parser = argparse.ArgumentParser(prog="shoushan warnings", description=__doc__)
    parser.add_argument("--on", type=date.fromisoformat, default=None)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args(argv)
    return check() if given.check else judge(given.on or clock.today())


def check() -> int:
    faults = cases.faults(book())
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) or f"{len(cases.cases())} cases come out\n")
    return 1 if faults else 0


def judge(on: date) -> int:
    for year in Year.objects.filter(state=Year.State.RUNNING, number__lte=on.year):
        found = actions.recompute(year, on=on)
        kept = actions.foretell(year, on=on)
        sys.stdout.write(
            f"{year}: {found.lit} lit, {found.changed} judged anew, {found.ended} ended, {found.standing} stand; "
            f"{kept} forecasts kept\n"
        )
    return 0
