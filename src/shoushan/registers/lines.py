"""A work line's declaration, and the registry that finds the lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist

from shoushan.core.errors import Refusal
from shoushan.registers import counting
from shoushan.registers.models import Record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Need:
    """What a stage asks for before a record may enter it: fields, and evidence by what it proves."""

    fields: Sequence[str] = ()
    evidence: str | StrPromise = ""  # what the file must be, in words; empty: none needed
    also: Callable[[Any], Iterable[Refusal]] | None = None  # what else must be there: a receipt, an approval


@dataclass(frozen=True, slots=True)
class Flow:
    """The order of a line's stages; a record enters the next one, and goes back with a reason.

    ``ways`` names the stages that may follow where it is not simply the next: ``{"told": ["corrected", "urged"]}``.
    """

    stages: Sequence[Any]
    ways: Mapping[Any, Sequence[Any]] = field(default_factory=dict)

    @property
    def first(self) -> str:
        return str(self.stages[0])

    def place(self, stage: str) -> int:
        return [str(each) for each in self.stages].index(stage)

    def following(self, stage: str) -> list[str]:
        """The stages a record may enter next."""
        if stage in self.ways:
            return [str(each) for each in self.ways[stage]]
        return [str(each) for each in self.stages[self.place(stage) + 1 :][:1]]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit (期限) from the day one stage was reached to the day another is.

    ``days`` (or ``months``) run from the day after; with ``until`` the last day stands in a date field of the record
    instead, as an order or a contract set it. ``more`` is by how many days a limit may be extended once, with approval,
    before it ends.
    """

    key: str
    label: str | StrPromise
    starts: Any
    ends: Sequence[Any]
    days: int = 0
    months: int = 0  # for a limit in whole months or years
    working: bool = True
    clause: str | StrPromise = ""  # the law or rule it stands in
    more: int = 0
    ask_before: int = 0  # working days before its end by which an extension must be asked for
    until: str = ""
    when: Callable[[Any], bool] | None = None  # which records it runs for, where not for all


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
    beside: str = ""  # a field that refers to another record, whose columns the row has too: ``row.deal_apart``
    per: int = 1  # how many of what records hold make one of what is told: 10,000 square metres a hectare
    label: Any = ""
    words: Any = ""  # what is counted, in a sentence
    source: Any = ""  # the rule or text that says so


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the line's own beside the shared ones: a Gantt chart, a funnel."""

    url_name: str
    label: Any
    permission: str = ""  # who has its button; whoever sees the register, where it is empty


@dataclass(frozen=True, slots=True)
class Line:
    """A register of a work line (条线): everything the shared pages need to know about it.

    A line may keep several registers: deals, receipts, plots. Those beside the first name it in their model's
    ``part_of``, and its officers keep them too.
    """

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
    clocks: Sequence[Clock] = ()
    codes: Sequence[str] = ()  # fields each of which alone tells one record from another: a credit code, a number
    near: Sequence[str] = ()  # fields whose likeness is warned of on entry: a name, an address
    # what may not stand together, said before it is saved: an end before its beginning, more received than agreed
    rules: Sequence[Callable[[Any], Iterable[Refusal]]] = ()
    # what to look out for, said on the record's page in sentences that stop nobody
    cautions: Sequence[Callable[[Any], Iterable[str | StrPromise]]] = ()
    remark_rules: Sequence[Callable[[str], Iterable[Refusal]]] = ()  # what a remark may not say
    handing_rules: Sequence[Callable[[Any], Iterable[Refusal]]] = ()  # when a record is not handed to another unit
    pages: Sequence[Page] = ()
    intake: Path | None = None  # how offices' own workbooks of this line are understood
    into: Mapping[str, str] = field(default_factory=dict)  # a workbook's field → ours, where the names differ
    # what a workbook's column says by being there: {"estate": {"kind": "estate"}}
    implied: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # the field that says on which day a record counts: when money came, which month is told; else the day of its entry
    counts_on: str = ""
    table: str = ""  # the kind of record it takes, where such a workbook holds several
    in_field: bool = False  # recorded on a phone, outdoors
    # columns no figure may touch, there or not: who came, how many, to where; such a line counts what was done alone
    never_counted: frozenset[str] = frozenset()

    @property
    def home(self) -> str:
        """The work line whose officers keep this register."""
        return self.model.work_line()

    def stage_label(self, stage: str) -> str:
        return str(dict(self.model._meta.get_field("stage").choices or ()).get(stage, stage))

    def clock(self, key: str) -> Clock | None:
        return next((clock for clock in self.clocks if clock.key == key), None)

    def rests_on(self, stage: str) -> set[str]:
        """What stays once a stage is confirmed: the fields it asked for, and those its figures are made of."""
        asked = set(self.needs[stage].fields) if stage in self.needs else set()
        counted = [counting.touched_by(each) or set() for each in self.measures if each.stage == stage]
        dated = {self.counts_on} if self.counts_on and stage == self.flow.first else set()
        return asked.union(dated, *counted)

    def check(self) -> list[checks.CheckMessage]:
        """What the declaration names must be there; a misspelt field refuses to start."""
        named = [*self.columns, *self.fields, *self.required, *self.filters, *self.same, *self.codes, *self.near]
        named += [name for need in self.needs.values() for name in need.fields]
        named += [measure.beside for measure in self.measures if measure.beside]
        named += [self.counts_on] if self.counts_on else []
        named += [clock.until for clock in self.clocks if clock.until]
        odd = [name for name in dict.fromkeys(named) if not self._has(name)]
        # measures join records with their steps, so a field of a step's name would hide the step's
        odd += sorted(HIDDEN & {each.name for each in self.model._meta.concrete_fields})
        stages = {str(stage) for stage in self.flow.stages}
        odd_stages = (self._stages_named() - stages) | ({*self.flow.ways} - stages)
        found: list[checks.CheckMessage] = [
            checks.Error(
                f"Line “{self.key}” names “{name}”, which {self.model.__name__} does not have.", id="registers.E001"
            )
            for name in [*odd, *sorted(odd_stages)]
        ]
        return found + [checks.Error(it.message % it.params, hint=it.hint, id=it.code) for it in counting.refused(self)]

    def _stages_named(self) -> set[str]:
        found = {*self.needs} | {measure.stage for measure in self.measures}
        found |= {str(stage) for stages in self.flow.ways.values() for stage in stages}
        return {str(it) for it in found | {stage for clock in self.clocks for stage in (clock.starts, *clock.ends)}}

    def _has(self, name: str) -> bool:
        try:
            self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True


HIDDEN = {"state", "happened_on", "record_id"}
_lines: dict[str, Line] = {}


def register(*lines: Line) -> None:
    """Called once by the line's own `AppConfig.ready`, with every register it keeps."""
    for line in lines:
        _lines[line.key] = line


def all_lines() -> list[Line]:
    """Every register, each work line's own first and then what it keeps beside it."""
    homes = list(dict.fromkeys(line.home for line in _lines.values()))
    return sorted(_lines.values(), key=lambda line: (homes.index(line.home), line.key != line.home))


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
