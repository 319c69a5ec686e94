"""`shoushan openings`: who opened which identity or file in a week, and why, for the custodian."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date

from django.utils import timezone

from shoushan.lines.petitions.watching import WEEK, opened, week_of
from shoushan.web import clock


def main(argv: list[str]) -> int:
    """The week before this one, or the one a day lies in; a line for each opening, or JSON."""
    words = argparse.ArgumentParser(prog="shoushan openings", description=main.__doc__)
    words.add_argument("--week", type=date.fromisoformat, help="a day of the week, such as 2026-11-25")
    words.add_argument("--json", action="store_true")
    given = words.parse_args(argv)
    found = opened(week_of(given.week or clock.today() - WEEK))
    if given.json:
        sys.stdout.write(json.dumps([asdict(each) for each in found], ensure_ascii=False, default=str, indent=1) + "\n")
        return 0
    for each in found:
        at = timezone.localtime(each.at)
        told = (f"{at:%Y-%m-%d %H:%M}", each.person, f"#{each.matter_id}", each.file or "-", each.reason or "-")
        sys.stdout.write("\t".join(told) + "\n")
    return 0
