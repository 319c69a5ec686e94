"""Forecasts of generated years that are over: how often the 80 % interval held the outcome, and how wide it was.

The widths were measured on other seeds (`forecasting.backtesting.FITTING`); nothing is tuned on these.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from statistics import fmean

from benchmarks.figures import Figure, at_least, at_most
from shoushan.forecasting import backtesting, generating
from shoushan.forecasting.backtesting import CHECKING, FITTING, Tried

LEAST, MOST = 0.75, 0.85
SAMPLE = 1500


def measure() -> list[Figure]:
    """Coverage over the whole sample, by number of past years, by month, by kind; and the mean width."""
    everything = list(backtesting.tried(generating.generate(seed) for seed in CHECKING[:SAMPLE]))
    found = _held("all forecasts", everything)
    found += _by("past years", everything, lambda each: each.years)
    found += _by("month", everything, lambda each: each.month)
    found += _by("kind", everything, lambda each: each.kind)
    for years in range(4):
        widths = [each.width for each in everything if each.years == years]
        found.append(at_most(f"mean width, {years} past years", fmean(widths), "of the outcome", 2.0))
    return found


def _by(name: str, everything: list[Tried], of: Callable[[Tried], object]) -> list[Figure]:
    return [
        figure
        for value in sorted({of(each) for each in everything}, key=str)
        for figure in _held(f"{name} {value}", [each for each in everything if of(each) == value])
    ]


def _held(name: str, some: Sequence[Tried]) -> list[Figure]:
    share = fmean([each.is_held for each in some])
    name = f"coverage, {name} (n = {len(some)})"
    return [at_least(name, share, "", LEAST), at_most(name, share, "", MOST)]


if __name__ == "__main__":
    if sys.argv[1:] == ["--fit"]:
        for (kind, years), tails in backtesting.fit(generating.generate(seed) for seed in FITTING).items():
            halves = ", ".join(map(str, tails[:6])), ", ".join(map(str, tails[6:]))
            sys.stdout.write(f'    ("{kind}", {years}): (\n        {halves[0]},\n        {halves[1]},\n    ),\n')
