"""What a corrected figure would change, tried before anybody decides: nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from shoushan.assessment.models import Assessment, Objection, Snapshot
from shoushan.assessment.queries.moves import Move, moves, stands_in, stands_of
from shoushan.assessment.queries.schemes import Published, schemes_of
from shoushan.core.errors import Refusal, mark
from shoushan.scoring import Facts, Result, run
from shoushan.scoring.facts import Absent, Value

ENGINE = "duckdb"


@dataclass(frozen=True, slots=True)
class Correction:
    """One fact of one unit as it should be; without an amount, the unit has no such work."""

    unit: str
    fact: str
    amount: Decimal | None

    @property
    def value(self) -> Value:
        return Absent.NOT_APPLICABLE if self.amount is None else self.amount


def file_of(snapshot: Snapshot) -> Path:
    """Where the file of a snapshot lies."""
    return path_of(snapshot.sha256)


def path_of(sha256: str) -> Path:
    return Path(settings.DATA) / "snapshots" / f"{sha256}.parquet"


def facts_in(snapshot: Snapshot) -> Facts:
    """The facts of a snapshot, from its file, which must still have its hash."""
    return Facts.from_parquet(file_of(snapshot), sha256=snapshot.sha256)


def newest(run: Assessment) -> Snapshot:
    """The snapshot with every correction of the year so far."""
    return Snapshot.objects.filter(year=run.snapshot.year_id).select_related("year")[0]


def scheme_of(run: Assessment) -> Published:
    """The scheme a run was computed by, unaltered."""
    for each in schemes_of(run.snapshot.year.number):
        if (each.scheme.key, each.scheme.sha256) == (run.scheme, run.scheme_sha256):
            return each
    raise Refusal(
        "run.scheme_changed",
        mark("The file of the scheme is not the one this run was computed by."),
        hint=mark("Put the published version back into the folder of schemes."),
    )


def corrected(facts: Facts, correction: Correction) -> Facts:
    """The same facts with one of them as it should be."""
    known = facts.values[correction.unit]
    if facts.get(correction.unit, correction.fact) == correction.value:
        raise Refusal(
            "objection.same_figure",
            mark("This is the figure as it was frozen, so nothing would change."),
            hint=mark("Enter the figure that is right, or answer that the line stays."),
            field="amount",
        )
    values = {**facts.values, correction.unit: {**known, correction.fact: correction.value}}
    return replace(facts, values=values)


def scored(run_: Assessment, facts: Facts) -> Result:
    """The scheme of a run on other facts."""
    return run(scheme_of(run_).scheme, facts, engine=ENGINE, as_of=date(run_.snapshot.year.number, 12, 31))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction would change, and the snapshot it was tried on."""

    correction: Correction
    base: Snapshot
    moves: list[Move]


def effect(objection: Objection, standing: Assessment, correction: Correction) -> Effect:
    """Who would move, if the figure were corrected: on the newest snapshot, against the run that stands."""
    base = newest(objection.line.score.assessment)
    tried = scored(standing, corrected(facts_in(base), correction))
    return Effect(correction, base, moves(stands_of(standing), stands_in(tried)))
