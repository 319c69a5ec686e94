"""One run (考核): a scheme on frozen facts, on one engine, with a reason for every point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from shoushan.scoring.arithmetic import GRAIN
from shoushan.scoring.consequences import proposals
from shoushan.scoring.engines import ENGINE_VERSION, fetch
from shoushan.scoring.explaining import explained
from shoushan.scoring.facts import Facts
from shoushan.scoring.lines import SCORED, STATUS
from shoushan.scoring.reckoning import Outcome
from shoushan.scoring.results import Lines, Result, ScoreLine, UnitResult
from shoushan.scoring.rounding import written
from shoushan.scoring.rule import Rule
from shoushan.scoring.scheme import Scheme
from shoushan.scoring.settling import exact, settled
from shoushan.scoring.tables import Tables, tables

# The exact points of every line that has some, by unit and rule, once they are asked for.
Points = Callable[[], dict[tuple[int, int], Fraction]]


def run(
    scheme: Scheme,
    facts: Facts,
    *,
    engine: str = "duckdb",
    connection: Any = None,
    as_of: date | None = None,
) -> Result:
    """Score every unit of the facts; with ``as_of``, by the rules in force on that day."""
    return Result(
        scheme=scheme.key,
        version=scheme.version,
        scheme_sha256=scheme.sha256,
        facts_sha256=facts.sha256,
        engine=engine,
        units=scored(scheme, facts, engine=engine, connection=connection, as_of=as_of),
        engine_version=ENGINE_VERSION,
    )


def scored(
    scheme: Scheme, facts: Facts, *, engine: str = "duckdb", connection: Any = None, as_of: date | None = None
) -> list[UnitResult]:
    """The units of a run alone, for whoever only plays and keeps no result."""
    in_force = scheme.resolved(as_of, facts.names())
    given = tables(in_force, facts)
    rows = fetch(in_force, given, engine, connection) if in_force.rules else []
    groups = {row[0]: row[1] for row in given.rows["units"]}
    reckonings, first = given.reckonings(in_force), rows
    # needed for what is undecided, and for lines that somebody looks at
    points = cache(lambda: exact(in_force, first, groups, reckonings))
    if any(row["undecided"] for row in rows):
        given = replace(given, rows={**given.rows, "settled": settled(in_force, rows, points())})
        rows = fetch(in_force, given, engine, connection)
    return _units(in_force, facts, given, rows, points)


def _units(scheme: Scheme, facts: Facts, given: Tables, rows: list[dict[str, int]], points: Points) -> list[UnitResult]:
    by_unit: dict[int, list[dict[str, int]]] = {}
    for row in rows:
        by_unit.setdefault(row["unit"], []).append(row)
    return [_unit(scheme, facts, given, unit, by_unit.get(index, []), points) for index, unit in enumerate(given.units)]


def _unit(
    scheme: Scheme,
    facts: Facts,
    given: Tables,
    unit: str,
    rows: list[dict[str, int]],
    points: Points,
) -> UnitResult:
    group = facts.groups[unit]
    if not rows:
        return UnitResult(unit, group, None, "not_applicable", None, None, [])
    lines = Lines(
        lambda: [_line(scheme, facts, given, unit, row, points().get((row["unit"], row["rule"]))) for row in rows]
    )
    first = rows[0]
    ranked = first["position"] > 0
    total = written(Fraction(first["total"], GRAIN), scheme.rounding.places) if ranked else None
    rank = first["position"] if ranked else None
    grade = _grade(scheme, first["grade"]) if ranked else None
    status = STATUS[first["unit_status"]]
    places = {rule: place for row in rows for rule, place in _placed(scheme, given, unit, row)}
    proposed = proposals(scheme, group, rank, grade, places)
    return UnitResult(unit, group, total, status, rank, grade, lines, proposed)


def _placed(scheme: Scheme, given: Tables, unit: str, row: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The rule of a line with the unit's place in it, where the rule gives places."""
    rule = scheme.rules[row["rule"]]
    if rule.method.ranks and row["status"] == SCORED and row["presence"] == SCORED:
        yield rule.id, _place(row, _outcome(given, unit, rule))


def _outcome(given: Tables, unit: str, rule: Rule) -> Outcome | None:
    return given.reckoned.lines.get((unit, rule.id)) if rule.is_reckoned else None


def _grade(scheme: Scheme, number: int) -> str | None:
    return grades_of(scheme)[number] if number >= 0 else None


def grades_of(scheme: Scheme) -> list[str]:
    """The grades by their number in a run: the levels from the best down, then those of vetoes."""
    levels = [level.grade for level in scheme.grades.levels] if scheme.grades else []
    return [*levels, *(veto.grade for veto in scheme.vetoes)]


def _line(
    scheme: Scheme, facts: Facts, given: Tables, unit: str, row: dict[str, int], points: Fraction | None
) -> ScoreLine:
    rule = scheme.rules[row["rule"]]
    counted = points
    if points is not None and (unit, rule.id) in given.reckoned.shares:
        counted = points * given.reckoned.shares[unit, rule.id]
    elif points is not None and row["share_top"] != row["share_bottom"]:
        counted = points * Fraction(row["share_top"], row["share_bottom"])
    outcome = _outcome(given, unit, rule)
    named = [term.fact for terms in rule.terms().values() for term in terms if term.fact]
    if outcome is not None and outcome.reading is not None:
        named = list(outcome.reading.inputs)
    inputs = {name: value if isinstance(value := facts.get(unit, name), Decimal) else None for name in named}
    why, params = explained(scheme, given, row, inputs, points, outcome)
    return ScoreLine(
        rule=rule.id,
        label=rule.label,
        points=None if points is None else shown(points, scheme.rounding.places),
        full=rule.method.full,
        status=STATUS[row["status"]],
        source=rule.source,
        why=why,
        params=params,
        inputs=inputs,
        section=rule.section,
        since=rule.since.isoformat(),
        counted=None if counted is None else shown(counted, scheme.rounding.places),
        place=dict(_placed(scheme, given, unit, row)).get(rule.id),
    )


def _place(row: dict[str, int], outcome: Outcome | None) -> int:
    return outcome.reading.place if outcome is not None and outcome.reading is not None else row["place"]


def shown(points: Fraction, places: int) -> Decimal:
    """Points of one line for people: all its decimals up to six, and never fewer than the total has.

    >>> shown(Fraction(46, 5), 2), shown(Fraction(2, 3), 2)
    (Decimal('9.20'), Decimal('0.666667'))
    """
    unit = 10**places
    if unit % points.denominator == 0:
        return Decimal(points.numerator * (unit // points.denominator)).scaleb(-places)
    return written(points, 6).normalize()
