"""A work line's declaration, and the registry that finds the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist

from shoushan.registers.models import Record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Need:
    """What a stage asks for before a record may enter it: fields, and evidence by what it proves."""

    fields: Sequence[str] = ()
    evidence: str | StrPromise = ""  # what the file must be, in words; empty: none needed


@dataclass(frozen=True, slots=True)
class Flow:
    """The order of a line's stages; a record enters the next one, and goes back with a reason."""

    stages: Sequence[Any]

    @property
    def first(self) -> str:
        return str(self.stages[0])

    def place(self, stage: str) -> int:
        return [str(each) for each in self.stages].index(stage)

    def after(self, stage: str) -> str | None:
        place = self.place(stage) + 1
        return str(self.stages[place]) if place < len(self.stages) else None

    def before(self, stage: str) -> str | None:
        place = self.place(stage) - 1
        return str(self.stages[place]) if place >= 0 else None


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator's expression over a line: which records count once their stage is reached.

    ``where`` and ``value`` take an Ibis row of the record's table; a record counts in the month in which
    the stage happened, as reported once claimed and as verified once *that* stage is confirmed.
    """

    key: str
    stage: str
    where: Callable[[Any], Any] | None = None
    value: Callable[[Any], Any] | None = None
    over: str = ""  # for a ratio: the measure it is divided by


@dataclass(frozen=True, slots=True)
class Line:
    """A work line (条线): everything the shared pages need to know about one register."""

    key: str
    label: Any
    model: type[Record]
    columns: Sequence[str]
    fields: Sequence[str]
    required: Sequence[str]
    filters: Sequence[str]
    flow: Flow
    needs: Mapping[str, Need] = field(default_factory=dict)
    same: Sequence[str] = ()  # fields that together tell a double on import
    measures: Sequence[Measure] = ()

    def stage_label(self, stage: str) -> str:
        return str(dict(self.model._meta.get_field("stage").choices or ()).get(stage, stage))

    def check(self) -> list[checks.CheckMessage]:
        """What the declaration names must be there; a misspelt field refuses to start."""
        named = [*self.columns, *self.fields, *self.required, *self.filters, *self.same]
        named += [name for need in self.needs.values() for name in need.fields]
        stages = {str(stage) for stage in self.flow.stages}
        odd = [name for name in dict.fromkeys(named) if not self._has(name)]
        odd_stages = ({*self.needs} | {measure.stage for measure in self.measures}) - stages
        return [
            checks.Error(
                f"Line “{self.key}” names “{name}”, which {self.model.__name__} does not have.", id="registers.E001"
            )
            for name in [*odd, *sorted(odd_stages)]
        ]

    def _has(self, name: str) -> bool:
        try:
            self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True


_lines: dict[str, Line] = {}


def register(line: Line) -> None:
    """Called once by the line's own `AppConfig.ready`."""
    _lines[line.key] = line


def all_lines() -> list[Line]:
    return list(_lines.values())


def line_named(key: str) -> Line:
    """The line of a key; KeyError where there is none."""
    return _lines[key]


def line_of(record: Record) -> Line:
    return _lines[record.line_key]


def measure_named(key: str) -> tuple[Line, Measure] | None:
    """The line and measure behind a derived indicator."""
    for line in _lines.values():
        for measure in line.measures:
            if measure.key == key:
                return line, measure
    return None


@checks.register
def check_lines(**_: Any) -> list[checks.CheckMessage]:
    """Every line's declaration, at `check`."""
    return [message for line in all_lines() for message in line.check()]
