"""Golden cases (算例): what a scheme must give for stated facts, written beside it by those who know the rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.facts import Facts
from shoushan.scoring.formulas import Formula
from shoushan.scoring.formulas.nodes import Call, Name
from shoushan.scoring.loading import read_yaml
from shoushan.scoring.results import UnitResult
from shoushan.scoring.rounding import written
from shoushan.scoring.running import run
from shoushan.scoring.scheme import Rounding, Scheme
from shoushan.scoring.terms import Part

# Where a case names no unit or no group: the one it speaks of.
THE_UNIT, THE_GROUP = "unit", "group"
# A number, a day, a list of these or of entries with fields; null is missing, n/a does not apply.
Given = dict[str, Any]


class Expected(Part):
    """What one unit must come out with; only what is written is compared."""

    points: Decimal | None = None
    status: str = ""
    rank: int | None = None
    grade: str | None = None
    proposals: tuple[str, ...] | None = None


class Case(Part):
    """One case: facts in, result out, and because of what."""

    name: str
    because: str
    rule: str = ""
    as_of: date | None = None
    groups: dict[str, str] = Field(default_factory=dict)
    facts: dict[str, Given]
    expected: dict[str, Expected]

    @model_validator(mode="before")
    @classmethod
    def _one_unit(cls, written: Any) -> Any:
        """A case of one unit may write its facts and its points without naming the unit."""
        if not isinstance(written, dict):
            return written
        facts = written.get("facts")
        if isinstance(facts, dict) and not any(isinstance(value, dict) for value in facts.values()):
            written = {**written, "facts": {THE_UNIT: facts}}
        flat = [name for name in Expected.model_fields if name in written]
        if flat:
            written = {**written, "expected": {THE_UNIT: {name: written[name] for name in flat}}}
            written = {name: value for name, value in written.items() if name not in flat}
        return written


class Difference(Part):
    """Where a case came out otherwise than written."""

    case: str
    unit: str
    what: str
    expected: str
    found: str
    because: str


def load_cases(path: Path) -> list[Case]:
    """The cases of a file; none where it is absent."""
    if not path.exists():
        return []
    written = read_yaml(path.read_text(encoding="utf-8-sig"), path.name) or []
    found = []
    for number, each in enumerate(written, start=1):
        try:
            found.append(Case.model_validate(each))
        except ValidationError as error:
            first = error.errors()[0]
            raise Refusal(
                "case.invalid",
                mark("Case %(number)s of %(file)s cannot be used: %(problem)s at %(place)s."),
                hint=mark("A case has a name, facts, what is expected, and because."),
                params={
                    "number": number,
                    "file": path.name,
                    "problem": first["msg"],
                    "place": ".".join(map(str, first["loc"])) or "-",
                },
            ) from error
    return found


def differences(scheme: Scheme, case: Case, *, engine: str = "sqlite") -> Iterator[Difference]:
    """Run one case and give what came out otherwise."""
    judged = narrowed(scheme, case.rule) if case.rule else scheme
    result = run(judged, _facts(judged, case), engine=engine, as_of=case.as_of)
    for unit, expected in case.expected.items():
        found = result.unit(unit)
        for what in sorted(expected.model_fields_set):
            wanted, got = getattr(expected, what), _came_out(found, what, case.rule)
            if wanted != got:
                yield Difference(
                    case=case.name, unit=unit, what=what, expected=str(wanted), found=str(got), because=case.because
                )


def unsettled(scheme: Scheme, cases: Sequence[Case], *, engine: str = "sqlite") -> list[Case]:
    """The cases that one run of all of them together does not clear: each of these is to be run by itself.

    A case of one rule is a group of its own in that run. What compares with all units, rests on other rules or is
    settled by the month is left for its own run.
    """
    together: dict[date | None, list[tuple[int, Case]]] = {}
    found = []
    for number, case in enumerate(cases):
        if _stands_alone(scheme, case):
            together.setdefault(case.as_of, []).append((number, case))
        else:
            found.append(case)
    for as_of, several in together.items():
        result = run(_side_by_side(scheme), _gathered(scheme, several), engine=engine, as_of=as_of)
        found += [
            case
            for number, case in several
            if not all(
                _at_a_glance(scheme, result.unit(f"{number}:{unit}"), case.rule, expected)
                for unit, expected in case.expected.items()
            )
        ]
    return found


def _stands_alone(scheme: Scheme, case: Case) -> bool:
    rule = next((each for each in scheme.rules if each.id == case.rule), None)
    if rule is None or scheme.is_reckoned or rule.changes or rule.method.averages:
        return False
    asked = {what for expected in case.expected.values() for what in expected.model_fields_set}
    return asked <= {"points", "status", "rank"} and rule.compare == "group"


def _side_by_side(scheme: Scheme) -> Scheme:
    """Every rule as a line by itself."""
    update = {
        "rules": tuple(rule.model_copy(update={"section": ""}) for rule in scheme.rules),
        "sections": (),
        "left_out": "none",
        "tie_break": (),
        "grades": None,
        "vetoes": tuple(veto for veto in scheme.vetoes if veto.effect == "line"),
        "consequences": (),
    }
    return scheme.model_copy(update=update)


def _gathered(scheme: Scheme, cases: Sequence[tuple[int, Case]]) -> Facts:
    silent = dict.fromkeys(sorted(scheme.facts()), "n/a")
    units = {f"{number}:{unit}": {**silent, **facts} for number, case in cases for unit, facts in case.facts.items()}
    groups = {
        f"{number}:{unit}": f"{number}:{case.groups.get(unit, THE_GROUP)}"
        for number, case in cases
        for unit in case.facts
    }
    return Facts.from_units(units, groups)


def _at_a_glance(scheme: Scheme, found: UnitResult, rule: str, expected: Expected) -> bool:
    """Whether a unit's line is as written."""
    line = next((line for line in found.lines if line.rule == rule), None)
    if line is None:
        return False
    points = line.points
    if points is not None:
        points = written(Fraction(points), scheme.rounding.places, scheme.rounding.mode)
    came = {"points": points, "status": line.status, "rank": line.place}
    return all(getattr(expected, what) == came[what] for what in expected.model_fields_set)


def narrowed(scheme: Scheme, rule: str) -> Scheme:
    """The scheme with one rule alone, its line being the total."""
    found = [each for each in scheme.rules if each.id == rule]
    if not found:
        raise Refusal(
            "case.no_rule",
            mark("The case is about %(rule)s, and %(scheme)s has no such rule."),
            params={"rule": rule, "scheme": scheme.title},
        )
    if scheme.is_reckoned:
        alone = Formula(f"points({rule})", Call("points", (Name(rule),)))
        vetoes = tuple(veto for veto in scheme.vetoes if veto.effect == "line")
        update = {"total": alone, "tie_break": (), "grades": None, "vetoes": vetoes, "consequences": ()}
        return scheme.model_copy(update=update)
    update = {
        "rules": (found[0].model_copy(update={"section": ""}),),
        "sections": (),
        "left_out": "none",
        "rounding": Rounding(places=scheme.rounding.places, mode=scheme.rounding.mode, at="total"),
        "tie_break": (),
        "grades": None,
        "vetoes": tuple(veto for veto in scheme.vetoes if veto.rule == rule),
        "consequences": (),
    }
    return scheme.model_copy(update=update)


def _facts(scheme: Scheme, case: Case) -> Facts:
    """The case's facts; what it does not mention at all does not apply to anybody in it."""
    named = {fact.partition("[")[0] for facts in case.facts.values() for fact in facts}
    named |= {fact.partition("@")[0] for fact in named}
    silent = dict.fromkeys(sorted(scheme.facts() - named), "n/a")
    groups = {unit: case.groups.get(unit, THE_GROUP) for unit in case.facts}
    return Facts.from_units({unit: {**facts, **silent} for unit, facts in case.facts.items()}, groups)


def _came_out(found: UnitResult, what: str, rule: str) -> Any:
    if what == "proposals":
        return tuple(each.id for each in found.proposals)
    for line in (line for line in found.lines if line.rule == rule):
        if what == "status":
            return line.status
        if what == "rank":
            return line.place
        if what == "points" and line.points is not None and found.points is None:
            return line.points
    return getattr(found, what)
