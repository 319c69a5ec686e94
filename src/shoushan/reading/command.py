"""The command ``shoushan read``: what a document commits to, on files alone."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from shoushan.core.errors import Refusal, mark
from shoushan.reading.commitment import Commitment
from shoushan.reading.contradictions import contradictions
from shoushan.reading.decode import decode
from shoushan.reading.reader import read
from shoushan.reading.reasons import explain
from shoushan.reading.wording import LANGUAGES, language_of, say, say_refusal
from shoushan.reading.writing import as_csv, lines, write_xlsx

REFUSED = 2


def load_text(path: Path) -> str:
    """The text of a plain text file; whoever knows other formats passes their own loader to ``main``."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(
            "file.absent",
            mark("“%(file)s” cannot be opened."),
            hint=mark("Check the name and that you may read it."),
            params={"file": str(path)},
        ) from error
    return decode(data)[0]


def main(argv: Sequence[str], *, load: Callable[[Path], str] = load_text) -> int:
    """Read a document and print what it commits to; targets, tasks, bodies, drives, and what is kept out."""
    given = _arguments(argv)
    try:
        text = load(given.file)
        found = read(text, delivered=given.delivered, year=given.year)
        _print(given, text, found)
    except Refusal as refusal:
        print(say_refusal(refusal, given.language), file=sys.stderr)
        return REFUSED
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shoushan read", description=main.__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help="a speech, report, notice or minutes")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print a list of objects")
    form.add_argument("--csv", action="store_true", help="print a table")
    form.add_argument("--xlsx", action="store_true", help="write a workbook to standard output")
    parser.add_argument(
        "--delivered", type=date.fromisoformat, metavar="DATE", help="when it was delivered, 2026-01-20"
    )
    parser.add_argument("--year", type=int, metavar="YEAR", help="the plan year that bare months mean")
    parser.add_argument("--explain", action="store_true", help="say for each line which rule decided, and check sums")
    parser.add_argument("--language", choices=sorted(LANGUAGES), default=language_of(os.environ))
    return parser.parse_args(argv)


def _print(given: argparse.Namespace, text: str, found: list[Commitment]) -> None:
    if given.json:
        said = [
            one.as_json() | ({"reason": say(explain(one.why), given.language)} if given.explain else {})
            for one in found
        ]  # fmt: skip
        print(json.dumps(said, ensure_ascii=False, indent=1))
    elif given.csv:
        print(as_csv(found), end="")
    elif given.xlsx:
        write_xlsx(found, sys.stdout.buffer)
    elif given.explain:
        for one, line in zip(found, lines(found), strict=True):
            print(line)
            print(f"{'':15}{say(explain(one.why), given.language)}")
        for sum_ in contradictions(text, found):
            print(f"{'✓' if sum_.adds_up else '!'} {say(sum_.message, given.language, sum_.params)}")
    else:
        print("\n".join(lines([one for one in found if one.kind not in {"past", "other"}])))
