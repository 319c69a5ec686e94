"""What a run of a scheme says: each unit's points, rank and grade, and the line behind every point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, overload


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One rule applied to one unit (得分项).

    ``why`` is a sentence marked for translation, filled from ``params``; ``counted`` is what the line
    adds to the total after the weights of lines that do not count were shared out.
    """

    rule: str
    label: str
    points: Decimal | None
    full: Decimal
    status: str
    source: str
    why: str
    params: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Decimal | None] = field(default_factory=dict)
    section: str = ""
    since: str = ""
    counted: Decimal | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a grade or a rank leads to under the scheme (奖惩): proposed by rule, decided by people."""

    id: str
    kind: str
    label: str
    source: str
    because: str
    params: Mapping[str, str] = field(default_factory=dict)


class Lines(Sequence[ScoreLine]):
    """A unit's lines, explained from their numbers when somebody first looks."""

    def __init__(self, explain: Callable[[], list[ScoreLine]]) -> None:
        self._explain = explain

    @cached_property
    def _lines(self) -> list[ScoreLine]:
        return self._explain()

    @overload
    def __getitem__(self, index: int) -> ScoreLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[ScoreLine]: ...
    def __getitem__(self, index: int | slice) -> ScoreLine | list[ScoreLine]:
        return self._lines[index]

    def __len__(self) -> int:
        return len(self._lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._lines == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class UnitResult:
    """One unit's result of the year (考核结果)."""

    unit: str
    group: str
    points: Decimal | None
    status: str
    rank: int | None
    grade: str | None
    lines: Sequence[ScoreLine]
    proposals: list[Consequence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """One run: the scheme's version, the facts' digest, the engine, and what came out."""

    scheme: str
    version: str
    scheme_sha256: str
    facts_sha256: str
    engine: str
    units: list[UnitResult]

    def unit(self, name: str) -> UnitResult:
        """The result of one unit; a KeyError where it took no part."""
        for result in self.units:
            if result.unit == name:
                return result
        raise KeyError(name)

    def as_json(self) -> dict[str, Any]:
        """The run as JSON types: points are decimal strings, and null where there are none."""
        return {
            "scheme": self.scheme,
            "version": self.version,
            "scheme_sha256": self.scheme_sha256,
            "facts_sha256": self.facts_sha256,
            "engine": self.engine,
            "units": [_unit_json(result) for result in self.units],
        }


def _unit_json(result: UnitResult) -> dict[str, Any]:
    return {
        "unit": result.unit,
        "group": result.group,
        "points": _written(result.points),
        "status": result.status,
        "rank": result.rank,
        "grade": result.grade,
        "lines": [_line_json(line) for line in result.lines],
        "proposals": [
            {"id": each.id, "kind": each.kind, "label": each.label, "source": each.source} for each in result.proposals
        ],
    }


def _line_json(line: ScoreLine) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "label": line.label,
        "section": line.section,
        "points": _written(line.points),
        "full": _written(line.full),
        "counted": _written(line.counted),
        "status": line.status,
        "source": line.source,
        "why": line.why % line.params,
        "inputs": {name: _written(value) for name, value in line.inputs.items()},
    }


def _written(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
