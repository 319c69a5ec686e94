"""What if (假如): the ranks at once when a value, a weight or the whole scheme were another; never kept as a result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, NoReturn

from shoushan.core.errors import Refusal, mark
from shoushan.scoring.facts import Facts, Value
from shoushan.scoring.results import Result, UnitResult
from shoushan.scoring.running import scored
from shoushan.scoring.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Move:
    """One unit as it is, and as it would be."""

    unit: str
    group: str
    points: Decimal | None
    points_if: Decimal | None
    rank: int | None
    rank_if: int | None
    grade: str | None
    grade_if: str | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A play with figures: it carries no digests and refuses to be written down as a run."""

    storable: ClassVar[Literal[False]] = False

    moves: list[Move]

    def __reduce__(self) -> NoReturn:
        raise TypeError("a what-if is never stored")


def what_if(
    scheme: Scheme,
    facts: Facts,
    *,
    values: Mapping[tuple[str, str], Value] | None = None,
    weights: Mapping[str, Decimal] | None = None,
    engine: str = "duckdb",
    as_of: date | None = None,
    now: Result | None = None,
) -> WhatIf:
    """The ranks with other ``values`` by unit and fact, and other ``weights`` by rule (full points) or section.

    ``now`` is the run as it stands, where one is at hand: whoever plays asks again and again, and it stays the same.
    """
    played = _with_weights(scheme, weights or {}), _with_values(facts, values or {})
    units = now.units if now else scored(scheme, facts, engine=engine, as_of=as_of)
    return _moves(units, scored(*played, engine=engine, as_of=as_of))


def counter_run(
    scheme: Scheme, other: Scheme, facts: Facts, *, engine: str = "duckdb", as_of: date | None = None
) -> WhatIf:
    """The ranks under another scheme, such as last year's: “under those rules you would be third”."""
    return _moves(scored(scheme, facts, engine=engine, as_of=as_of), scored(other, facts, engine=engine))


def _moves(now: list[UnitResult], then: list[UnitResult]) -> WhatIf:
    return WhatIf(
        [
            Move(is_.unit, is_.group, is_.points, would.points, is_.rank, would.rank, is_.grade, would.grade)
            for is_, would in zip(now, then, strict=True)
        ]
    )


def _with_values(facts: Facts, values: Mapping[tuple[str, str], Value]) -> Facts:
    played = {unit: dict(given) for unit, given in facts.values.items()}
    for (unit, fact), value in values.items():
        if fact not in played.get(unit, {}):
            raise _nothing(f"{unit} · {fact}")
        played[unit][fact] = value
    return replace(facts, values=played)


def _with_weights(scheme: Scheme, weights: Mapping[str, Decimal]) -> Scheme:
    sections = {section.id for section in scheme.sections}
    rules = {rule.id for rule in scheme.rules}
    for name, weight in weights.items():
        if name not in sections | rules:
            raise _nothing(name)
        if weight <= 0:
            raise Refusal(
                "whatif.weight",
                mark("%(name)s cannot weigh %(weight)s."),
                hint=mark("Give a weight above zero."),
                params={"name": name, "weight": str(weight)},
            )
    update = {
        "sections": tuple(
            section.model_copy(update={"weight": weights.get(section.id, section.weight)})
            for section in scheme.sections
        ),
        "rules": tuple(
            rule.model_copy(update={"method": rule.method.model_copy(update={"full": weights[rule.id]})})
            if rule.id in weights
            else rule
            for rule in scheme.rules
        ),
    }
    return scheme.model_copy(update=update)


def _nothing(name: str) -> Refusal:
    return Refusal(
        "whatif.unknown",
        mark("There is no %(name)s to change."),
        hint=mark("Name a unit and one of its facts, or a rule or section of the scheme."),
        params={"name": name},
    )
