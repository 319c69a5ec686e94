"""`shoushan archive YEAR FILE`: a year in one zip that opens and can be checked without this program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from shoushan.assessment import actions
from shoushan.core.errors import Refusal
from shoushan.core.files import keep_whole
from shoushan.ledger.moment import acting
from shoushan.plans.models import Year
from shoushan.web import clock


def main(argv: list[str]) -> int:
    """0 with the hash by which the archive is known; 1 where there is nothing to put away."""
    parser = argparse.ArgumentParser(prog="shoushan archive", description=__doc__)
    parser.add_argument("year", type=int)
    parser.add_argument("file", type=Path)
    given = parser.parse_args(argv)
    year = Year.objects.filter(number=given.year).first()
    if year is None:
        sys.stderr.write(f"There is no year {given.year}.\n")
        return 1
    try:
        with acting(at=clock.now()):
            packed = actions.archive(year, by=None)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    keep_whole(given.file, packed.content)
    sys.stdout.write(f"{packed.files} files in {given.file}\nSHA-256 of manifest.json: {packed.manifest_sha256}\n")
    return 0
