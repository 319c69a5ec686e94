"""Two runs compared (两次考核的差别): every difference led back to its cause.

The causes are let in one after the other, each in an exact run of its own: first what happened to the units, then
corrected values, then other values, then the rules. What a unit gains or loses between two of these runs has one cause,
so the parts add up to the whole difference.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shoushan.scoring.facts import Absent, Entries, Facts, Value
from shoushan.scoring.results import Result
from shoushan.scoring.running import run
from shoushan.scoring.scheme import Scheme

# In the order in which they are let in.
CAUSES = ("history", "correction", "fact", "rule")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one cause did to one unit; no points where there are none before or after it."""

    cause: str
    points: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """One unit before and after, and the causes that moved it, in order."""

    unit: str
    points: tuple[Decimal | None, Decimal | None]
    rank: tuple[int | None, int | None]
    effects: list[Effect]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs: what changed in them, and what it did to each unit of either."""

    came: list[str]
    left: list[str]
    moved: list[str]
    facts: list[tuple[str, str]]
    rules: list[str]
    units: list[UnitDifference]


def compare(
    before: tuple[Scheme, Facts],
    after: tuple[Scheme, Facts],
    *,
    corrected: Collection[tuple[str, str]] = (),
    engine: str = "duckdb",
) -> Comparison:
    """Compare two runs; ``corrected`` names the values, by unit and fact, that the second has by correction."""
    (old_scheme, old), (new_scheme, new) = before, after
    stages = [
        (old_scheme, old),
        (old_scheme, _with_units(old, new)),
        (old_scheme, _with_values(old, new, set(corrected))),
        (old_scheme, _with_values(old, new, None)),
        after,
    ]
    results = [run(*stages[0], engine=engine)]
    for previous, stage in zip(stages, stages[1:], strict=False):
        same = previous[0] is stage[0] and previous[1] == stage[1]
        results.append(results[-1] if same else run(*stage, engine=engine))
    both = [unit for unit in new.groups if unit in old.groups]
    return Comparison(
        came=[unit for unit in new.groups if unit not in old.groups],
        left=[unit for unit in old.groups if unit not in new.groups],
        moved=[unit for unit in both if old.groups[unit] != new.groups[unit]],
        facts=[(unit, fact) for unit in both for fact in _facts(old, new, unit) if _differs(old, new, unit, fact)],
        rules=_changed_rules(old_scheme, new_scheme),
        units=[_difference(unit, results) for unit in dict.fromkeys([*old.groups, *new.groups])],
    )


def _difference(unit: str, results: list[Result]) -> UnitDifference:
    stood = [_standing(result, unit) for result in results]
    effects = []
    for cause, (points, rank), (points_then, rank_then) in zip(CAUSES, stood[:-1], stood[1:], strict=True):
        if (points, rank) != (points_then, rank_then):
            known = points is not None and points_then is not None
            change = (points_then or Decimal(0)) - (points or Decimal(0)) if known else None
            effects.append(Effect(cause, change, rank_then))
    return UnitDifference(unit, (stood[0][0], stood[-1][0]), (stood[0][1], stood[-1][1]), effects)


def _standing(result: Result, unit: str) -> tuple[Decimal | None, int | None]:
    found = next((each for each in result.units if each.unit == unit), None)
    return (None, None) if found is None else (found.points, found.rank)


def _with_units(old: Facts, new: Facts) -> Facts:
    """The second run's units in their groups, with what the first run says of them where it says something."""
    source = {unit: old if unit in old.groups else new for unit in new.groups}
    return Facts(
        new.groups,
        {unit: facts.values[unit] for unit, facts in source.items()},
        {unit: facts.words.get(unit, {}) for unit, facts in source.items()},
        {unit: facts.lists.get(unit, {}) for unit, facts in source.items()},
    )


def _with_values(old: Facts, new: Facts, named: set[tuple[str, str]] | None) -> Facts:
    """The second run's units with its facts where they are named (all where None), and the first run's elsewhere."""
    values: dict[str, dict[str, Value]] = {}
    words: dict[str, dict[str, str | date]] = {}
    lists: dict[str, dict[str, Entries]] = {}
    for unit in new.groups:
        for fact in _facts(old, new, unit):
            source = new if unit not in old.groups or named is None or (unit, fact) in named else old
            if fact in source.words.get(unit, {}):
                words.setdefault(unit, {})[fact] = source.words[unit][fact]
            elif fact in source.lists.get(unit, {}):
                lists.setdefault(unit, {})[fact] = source.lists[unit][fact]
            else:
                # A fact that only the other scheme reads is absent, so that both can be run.
                values.setdefault(unit, {})[fact] = source.values[unit].get(fact, Absent.MISSING)
    return Facts(new.groups, {unit: values.get(unit, {}) for unit in new.groups}, words, lists)


def _facts(old: Facts, new: Facts, unit: str) -> list[str]:
    return list(dict.fromkeys(name for facts in (old, new) for name in _said(facts, unit)))


def _said(facts: Facts, unit: str) -> dict[str, object]:
    """Everything the facts say of a unit: numbers, words, days and lists, by name."""
    return {**facts.values.get(unit, {}), **facts.words.get(unit, {}), **facts.lists.get(unit, {})}


def _differs(old: Facts, new: Facts, unit: str, fact: str) -> bool:
    return _said(old, unit).get(fact) != _said(new, unit).get(fact)


def _changed_rules(old: Scheme, new: Scheme) -> list[str]:
    """Rules that came, went or say something else; “scheme” for what stands outside of rules."""
    before, after = ({rule.id: rule for rule in scheme.rules} for scheme in (old, new))
    named = dict.fromkeys([*before, *after])
    found = [name for name in named if before.get(name) != after.get(name)]
    outside = {"rules", "version", "published", "title"}
    if old.model_dump(exclude=outside) != new.model_dump(exclude=outside):
        found.append("scheme")
    return found
