"""A city and a province scored from a frozen snapshot, beside the same rules as bare SQL; NATION=1 adds a nation."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
from pathlib import Path

from benchmarks import snapshots
from benchmarks.figures import Figure, at_most
from shoushan.scoring.snapshots import score_snapshot

SIZES = {"city, 1,500 units": (1_500, 3, 3.0), "province, 30,000 units": (30_000, 2, 2.5)}
NATION = {"nation, 630,000 units": (630_000, 1, 3.0)}


def measure() -> list[Figure]:
    """Interleaved runs of both; ratios of processor time, with the seconds by the clock beside them."""
    scheme = snapshots.scheme()
    figures: list[Figure] = []
    for name, (units, repeats, limit) in (SIZES | (NATION if os.environ.get("NATION") else {})).items():
        with tempfile.TemporaryDirectory() as folder:
            file, out = Path(folder) / "facts.parquet", Path(folder)
            snapshots.write(units, file)
            if units < 10_000:
                score_snapshot(scheme, file, out=out / "run")  # libraries and the compiled query
            ours, bare = [], []
            for _ in range(repeats):
                ours.append(snapshots.seconds(lambda: score_snapshot(scheme, file, out=out / "run")))  # noqa: B023
                bare.append(snapshots.seconds(lambda: snapshots.bare(file, out)))  # noqa: B023
            wall, by_hand = (statistics.median(each[0] for each in runs) for runs in (ours, bare))
            cpu = [statistics.median(each[1] for each in runs) for runs in (ours, bare)]
        figures.append(at_most(f"{name}, to bare DuckDB SQL in processor time", cpu[0] / cpu[1], "times", limit))
        figures.append(at_most("the same by the clock", wall / by_hand, "times", limit))
        figures.append(at_most("its seconds, from Parquet to Parquet", wall, "s", 60 if units < 100_000 else 900))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures.append(at_most("memory of the process, at most", peak, "MB", 6000 if os.environ.get("NATION") else 2000))
    return figures
