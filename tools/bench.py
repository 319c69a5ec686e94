"""Runs one measurement of benchmarks/ and tells its figures: as a table, or as JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Sequence

from tools.environment import ROOT

# words of the command that no module can be called
CALLED = {"city": "many_units", "import": "importing", "export": "exporting", "list": "listing"}
NOT_ONE = {"__init__", "figures", "many", "snapshots", *CALLED.values()}


def names() -> list[str]:
    return sorted({file.stem for file in (ROOT / "benchmarks").glob("*.py")} - NOT_ONE | set(CALLED))


def main(given: Sequence[str]) -> int:
    """Measure; 1 when a figure misses its limit."""
    parser = argparse.ArgumentParser(prog="start.py bench", description=__doc__)
    parser.add_argument("name", choices=names())
    parser.add_argument("--json", action="store_true", help="a list of {name, figure, unit, limit, ok}")
    asked = parser.parse_args(given)
    figures = importlib.import_module(f"benchmarks.{CALLED.get(asked.name, asked.name)}").measure()
    if asked.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        for row in figures:
            verdict = "ok" if row["ok"] else "MISSED"
            limit = "none" if row["limit"] is None else row["limit"]
            print(f"{row['name']:70} {row['figure']:>10} {row['unit']:10} limit {limit:>6}  {verdict}")
    return 0 if all(row["ok"] for row in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
