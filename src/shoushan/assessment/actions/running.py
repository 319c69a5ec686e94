"""Running a scheme on a frozen year; a run is never reckoned again in place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from shoushan.assessment.models import Assessment, Consequence, Score, ScoreLine, Snapshot
from shoushan.assessment.queries.effects import ENGINE, facts_in
from shoushan.core.errors import Refusal, mark
from shoushan.ledger import actions as ledger
from shoushan.orgs.models import Person, Unit
from shoushan.plans.models import Year
from shoushan.scoring import Result, Scheme, load_scheme, run
from shoushan.scoring import ScoreLine as Line
from shoushan.scoring.results import UnitResult


@transaction.atomic
def run_scheme(year: Year, *, scheme_path: Path, at: datetime, by: Person) -> Assessment:
    """Score every unit of a frozen year; each run has a number of its own and stays as it came out."""
    year = Year.objects.select_for_update().get(pk=year.pk)
    snapshot = Snapshot.objects.filter(year=year).first()
    if snapshot is None or year.state == Year.State.RUNNING:
        raise Refusal(
            "run.unfrozen",
            mark("%(year)s is open, so its figures still move."),
            hint=mark("Have what waits verified, then freeze the year."),
            params={"year": str(year)},
        )
    scheme = load_scheme(scheme_path)
    result = run(scheme, facts_in(snapshot), engine=ENGINE, as_of=date(year.number, 12, 31))
    return keep_run(snapshot, result, scheme, at=at, by=by)


def keep_run(snapshot: Snapshot, result: Result, scheme: Scheme, *, at: datetime, by: Person) -> Assessment:
    """Keep what came out, under the year's next number; called with the year locked."""
    runs = Assessment.objects.filter(snapshot__year=snapshot.year_id)
    last = runs.aggregate(last=Max("number"))["last"] or 0
    assessment = Assessment.objects.create(
        snapshot=snapshot,
        number=last + 1,
        scheme=result.scheme,
        scheme_version=result.version,
        scheme_sha256=result.scheme_sha256,
        engine=result.engine,
        run_at=at,
        run_by=by,
    )
    ledger.record("run", assessment, by=by)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[each.unit for each in result.units])}
    sections = {section.id: section.label for section in scheme.sections}
    basis = {each.id: each.basis for each in scheme.consequences}
    scores = Score.objects.bulk_create(_score(assessment, units[each.unit], each) for each in result.units)
    both = list(zip(scores, result.units, strict=True))
    lines = ScoreLine.objects.bulk_create(
        _line(score, order, line, sections.get(line.section, ""))
        for score, each in both
        for order, line in enumerate(each.lines, start=1)
    )
    proposals = Consequence.objects.bulk_create(
        Consequence(score=score, kind=it.kind, words=it.label, clause=it.source, basis=basis.get(it.id, ""))
        for score, each in both
        for it in each.proposals
    )
    ledger.record_new(("scored", scores), ("scored", lines), ("proposed", proposals), by=by)
    return assessment


def _score(assessment: Assessment, unit: Unit, result: UnitResult) -> Score:
    return Score(
        assessment=assessment,
        unit=unit,
        group=result.group,
        points=result.points,
        status=result.status,
        rank=result.rank,
        grade=result.grade or "",
    )


def _line(score: Score, order: int, line: Line, section: str) -> ScoreLine:
    return ScoreLine(
        score=score,
        order=order,
        rule=line.rule,
        section=section,
        label=line.label,
        clause=line.source,
        full=line.full,
        points=line.points,
        counted=line.counted,
        status=line.status,
        why=line.why,
        params={name: str(value) for name, value in line.params.items()},
        inputs={name: _written(value) for name, value in line.inputs.items()},
    )


def _written(value: Decimal | None) -> str | None:
    """A fact as the decimal it is; None where there is no number."""
    return None if value is None else format(value, "f")
