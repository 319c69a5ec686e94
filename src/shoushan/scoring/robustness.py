"""How firm the ranks are (名次稳健性): what small changes of weights and of unverified values would do to them.

The ranks themselves stay the exact ones of the run. The intervals around them come from seeded draws in floating
point, which is precise enough to say “between third and fifth”.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from shoushan.scoring.results import Result, ScoreLine, UnitResult
from shoushan.scoring.scheme import Scheme

# The middle share of the draws that an interval covers, in per cent.
SPAN = (5, 95)
# Two units are as good as tied where the order turns in more than this share of the draws.
TURNS = 0.1


@dataclass(frozen=True, slots=True)
class Firmness:
    """One unit's rank, the interval it keeps to, whom it is as good as tied with, and its rank without each section."""

    unit: str
    group: str
    rank: int
    lowest: int
    highest: int
    tied_with: tuple[str, ...]
    without: dict[str, int]


@dataclass(frozen=True, slots=True)
class Step:
    """The smallest change of one line that would have put a unit above the next one."""

    rule: str
    label: str
    points: Decimal
    above: str


def firmness(
    scheme: Scheme,
    result: Result,
    *,
    seed: int,
    draws: int = 10_000,
    weights: Decimal = Decimal("0.1"),
    unverified: Collection[tuple[str, str]] = (),
    doubt: Decimal = Decimal("0.1"),
) -> list[Firmness]:
    """Ranks in ``draws`` runs in which every weight moves by up to the share ``weights``.

    A weight is that of a section, or of a rule where sections have none of their own or stand in one another. A line
    that rests on an unverified value, named by unit and fact, is worth up to the share ``doubt`` more or less, at most
    its full points.
    """
    import numpy

    chance = numpy.random.default_rng(seed)
    found: list[Firmness] = []
    weighted = _weights(scheme)
    names = list(weighted) or [rule.id for rule in scheme.rules]
    moved = chance.uniform(1 - float(weights), 1 + float(weights), (draws, len(names)))
    base = numpy.array(list(weighted.values()) or _fulls(scheme))
    moved *= base.sum() / (moved @ base)[:, None]
    for group in dict.fromkeys(unit.group for unit in result.units):
        units = [unit for unit in result.units if unit.group == group and unit.rank is not None]
        if units:
            parts = numpy.array([_parts(unit, names, bool(weighted)) for unit in units])
            totals = moved @ parts.T + numpy.array([_outside(unit, names, bool(weighted)) for unit in units])
            totals += _doubts(units, set(unverified), float(doubt), draws, chance)
            found += _group(units, totals.round(scheme.rounding.places), parts, list(weighted))
    return found


def _weights(scheme: Scheme) -> dict[str, float]:
    """The weights of sections; none where they do not simply add up."""
    if not all(section.is_plain for section in scheme.sections):
        return {}
    return {section.id: float(section.weight) for section in scheme.sections if section.weight is not None}


def _fulls(scheme: Scheme) -> list[float]:
    return [float(max(rule.method.full, Decimal(0))) or 1.0 for rule in scheme.rules]


def _parts(unit: UnitResult, names: list[str], by_section: bool) -> list[float]:
    """What each section, or each rule, adds to the unit's total."""
    sums = dict.fromkeys(names, 0.0)
    for line in unit.lines:
        name = line.section if by_section else line.rule
        if line.counted is not None and name in sums:
            sums[name] += float(line.counted)
    return list(sums.values())


def _outside(unit: UnitResult, names: list[str], by_section: bool) -> float:
    """What stands in no section adds to the total all the same, and moves with no weight."""
    return sum(float(line.counted or 0) for line in unit.lines if by_section and line.section not in names)


def _doubts(units: list[UnitResult], unverified: set[tuple[str, str]], doubt: float, draws: int, chance: Any) -> Any:
    """What lines on unverified values add or take in each draw."""
    import numpy

    moved = numpy.zeros((draws, len(units)))
    for index, unit in enumerate(units):
        for line in unit.lines:
            if line.counted is not None and any((unit.unit, fact) in unverified for fact in line.inputs):
                size = float(line.counted)
                room = size * max(float(line.full / line.points) - 1, 0.0) if line.points else 0.0
                moved[:, index] += numpy.minimum(chance.uniform(-doubt, doubt, draws) * abs(size), room)
    return moved


def _group(units: list[UnitResult], totals: Any, parts: Any, sections: list[str]) -> list[Firmness]:
    import numpy

    ahead = totals[:, None, :] > totals[:, :, None]
    places = 1 + ahead.sum(axis=2)
    low, high = numpy.percentile(places, SPAN, axis=0, method="nearest")
    turns = ahead.mean(axis=0)
    stands = parts.sum(axis=1) + [_outside(unit, sections, bool(sections)) for unit in units]
    without = {name: 1 + _ahead(stands - parts[:, index]) for index, name in enumerate(sections)}
    return [
        Firmness(
            unit=unit.unit,
            group=unit.group,
            rank=unit.rank or 0,
            lowest=int(high[index]),
            highest=int(low[index]),
            tied_with=tuple(
                other.unit
                for number, other in enumerate(units)
                if number != index and TURNS < turns[index, number] < 1 - TURNS
            ),
            without={name: int(ranks[index]) for name, ranks in without.items()},
        )
        for index, unit in enumerate(units)
    ]


def _ahead(totals: Any) -> Any:
    """How many units of the group have more, to a millionth of a point."""
    totals = totals.round(6)
    return (totals[None, :] > totals[:, None]).sum(axis=1)


def step_up(scheme: Scheme, result: Result, name: str) -> Step | None:
    """The one line that needed least, in parts of its full points, to pass the unit ahead; None where none suffices."""
    unit = result.unit(name)
    better = [each for each in result.units if each.group == unit.group and 0 < (each.rank or 0) < (unit.rank or 0)]
    if not better:
        return None
    ahead = max(better, key=lambda each: each.rank or 0)
    gap = (ahead.points or Decimal(0)) - (unit.points or Decimal(0)) + Decimal(1).scaleb(-scheme.rounding.places)
    steps = []
    for line in unit.lines:
        share = _share(result, line)
        if line.points is not None and line.full > 0 and share > 0 and line.points + gap / share <= line.full:
            steps.append((gap / share / line.full, line, gap / share))
    if not steps:
        return None
    _, line, points = min(steps, key=lambda step: step[0])
    return Step(line.rule, line.label, points.quantize(Decimal("0.000001")), ahead.unit)


def _share(result: Result, line: ScoreLine) -> Decimal:
    """What a point of this line adds to a total; seen on another unit where this one has none."""
    others = (other for unit in result.units for other in unit.lines if other.rule == line.rule)
    for each in chain([line], others):
        if each.points and each.counted is not None:
            return each.counted / each.points
    return Decimal(0)
