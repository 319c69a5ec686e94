"""`shoushan ledger verify`: is the ledger whole, and does every row look as its last event left it?"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from shoushan.ledger.actions import sequence
from shoushan.ledger.verify import WORDS, verify


def main(argv: list[str]) -> int:
    """0 when everything fits, 1 with every row and event that does not."""
    parser = argparse.ArgumentParser(prog="shoushan ledger", description=__doc__)
    parser.add_argument("what", choices=["verify", "sequence"])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    if given.what == "sequence":
        sys.stdout.write(f"{sequence()}\n")
        return 0
    report = verify()
    if given.json:
        sys.stdout.write(json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n")
        return 0 if report.sound else 1
    for finding in report.findings:
        sys.stdout.write(WORDS[finding.kind] % finding.params() + "\n")
    for kind, count in report.gone.items():
        sys.stdout.write(f"{count} things of the kind {kind} not compared: their work line is no longer there\n")
    sys.stdout.write(f"{report.events} events, {report.rows} rows, head {report.head}\n")
    return 0 if report.sound else 1
