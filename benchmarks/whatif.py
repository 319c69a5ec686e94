"""A what-if on a district: one value changed, and everybody's rank at once."""

from __future__ import annotations

import statistics
from decimal import Decimal

from benchmarks import scoring
from benchmarks.figures import Figure, at_most
from benchmarks.snapshots import seconds
from shoushan.scoring.running import run
from shoushan.scoring.whatif import what_if

REPEATS = 9


def measure() -> list[Figure]:
    """The median of several; libraries, the compiled query and the run that stands being there, as in a server."""
    scheme, facts = scoring.district_scheme(), scoring.district_facts()
    values = {("park 0", "fact_1.actual"): Decimal(5)}
    now = run(scheme, facts)
    what_if(scheme, facts, values=values, now=now)
    took = [seconds(lambda: what_if(scheme, facts, values=values, now=now)) for _ in range(REPEATS)]
    return [
        at_most(
            "39 units x 60 rules, ranks anew beside the run that stands",
            statistics.median(each[0] for each in took),
            "s",
            0.05,
        ),
        at_most("the same in processor time", statistics.median(each[1] for each in took), "s", 0.05),
    ]
