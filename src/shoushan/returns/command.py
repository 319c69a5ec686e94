"""`shoushan sample`: whether a draw's lots come out the same once more, and what any sample says of the whole."""

from __future__ import annotations

import argparse
import sys
from fractions import Fraction

from shoushan.core.sampling import most_share, most_wrong, rounded_up
from shoushan.returns import lots
from shoushan.returns.models import Draw
from shoushan.returns.norms import norms

USAGE = "shoushan sample DRAW, or shoushan sample bound --checked N --wrong N [--of N] [--confidence 95]\n"


def main(argv: list[str]) -> int:
    """0 where the lots are the same, 1 where they are not, 2 where there is no such draw."""
    if argv[:1] == ["bound"]:
        return _bound(argv[1:])
    number = int(argv[0]) if len(argv) == 1 and argv[0].isdecimal() and len(argv[0]) < 10 else 0
    draw = Draw.objects.filter(pk=number).first()
    if draw is None:
        sys.stderr.write(USAGE)
        return 2
    found = lots.drawn(lots.read(draw.population), draw.seed, norms(draw.norms_since))
    is_same = lots.hash_of(draw.population) == draw.population_sha256
    is_same = is_same and (found.certain, found.sample, found.extra) == (draw.certain, draw.sample, draw.extra)
    sys.stdout.write(
        f"figures {len(draw.population)}  hash {draw.population_sha256}\nseed {draw.seed}\n"
        f"for their risk {_list(found.certain)}\nsample {_list(found.sample)}\nby risk {_list(found.extra)}\n"
        f"{'the same as kept' if is_same else 'NOT the same as kept'}\n"
    )
    return 0 if is_same else 1


def _list(ids: list[int]) -> str:
    return " ".join(map(str, ids)) or "-"


def _bound(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="shoushan sample bound")
    for name, needed in (("--checked", True), ("--wrong", True), ("--of", False)):
        parser.add_argument(name, type=int, required=needed)
    parser.add_argument("--confidence", type=int, default=95, choices=range(50, 100), metavar="50…99")
    given = parser.parse_args(argv)
    confidence = Fraction(given.confidence, 100)
    try:
        if given.of is None:
            share = most_share(given.checked, given.wrong, confidence=confidence)
            most = f"{rounded_up(int(share * 1_000_000), 1_000_000)} %"
        else:
            found = most_wrong(given.of, given.checked, given.wrong, confidence=confidence)
            most = f"{found} of {given.of} ({rounded_up(found, given.of)} %)"
    except ValueError as fault:
        sys.stderr.write(f"{fault}\n{USAGE}")
        return 2
    sys.stdout.write(f"with {given.confidence} % confidence at most {most} are wrong\n")
    return 0
