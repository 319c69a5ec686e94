"""How firm a district's ranks are: 10,000 draws of every weight."""

from __future__ import annotations

from benchmarks import scoring
from benchmarks.figures import Figure, at_most
from benchmarks.snapshots import seconds
from shoushan.scoring import run
from shoushan.scoring.robustness import firmness

DRAWS = 10_000


def measure() -> list[Figure]:
    """One call, lines explained before."""
    scheme, facts = scoring.district_scheme(), scoring.district_facts()
    result = run(scheme, facts)
    for unit in result.units:
        len(unit.lines)
    took, _ = seconds(lambda: firmness(scheme, result, seed=2026, draws=DRAWS))
    return [at_most("10,000 draws of 39 units", took, "s", 5)]
