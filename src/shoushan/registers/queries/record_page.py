"""One record's page: facts, stages with their evidence, limits, what comes next, what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey

from shoushan.core.errors import Refusal
from shoushan.evidence.models import Evidence
from shoushan.orgs.models import Person
from shoushan.registers.actions import missing
from shoushan.registers.clocks import Running, running
from shoushan.registers.lines import Line, all_lines
from shoushan.registers.models import Comment, Extension, Pause, Record, Step
from shoushan.registers.queries.listing import bare, local_columns, rows
from shoushan.registers.queries.wording import NOTHING, label_of, local_facts, written

MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class StageSeen:
    """A stage on a record's rail: when it happened, who says so, who confirmed it, and its files."""

    key: str
    label: str
    state: str
    at: date | None
    step: Step | None
    files: list[Evidence]
    days_in: int | None = None  # how long the record stayed there, or has stayed so far
    days_late: int = 0  # days between the fact and its entry


@dataclass(frozen=True, slots=True)
class NextStage:
    """A stage the record may enter now, and what is still missing for it."""

    key: str
    label: str
    gaps: list[Refusal]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as the page shows it: how many days are left, and whether it was kept."""

    running: Running
    days_left: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What another register of the line keeps about this record: a deal's receipts, a project's milestones."""

    line: Line
    field: str
    columns: list[str]
    rows: list[Any]
    count: int


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record: its facts, its stages, what the next one still needs, and what may be confirmed."""

    record: Record
    facts: list[tuple[str, str]]
    stages: list[StageSeen]
    nexts: list[NextStage]
    earlier: list[tuple[str, str]]
    waiting: list[StageSeen]
    steps: list[Step]
    limits: list[Limit]
    parts: list[Parts]
    comments: list[Comment]
    twins: list[Record]
    evidence: list[Evidence]
    cautions: list[str]


def record_page(line: Line, record: Record, person: Person, *, on: date) -> RecordPage:
    """Everything a record's page shows."""
    steps = list(Step.objects.of(record).select_related("entered_by", "decided_by"))
    standing = {step.stage: step for step in steps if step.state in (Step.State.CLAIMED, Step.State.CONFIRMED)}
    evidence = list(Evidence.objects.about(record).standing().select_related("file", "added_by"))
    files: dict[str, list[Evidence]] = {}
    for each in evidence:
        files.setdefault(each.proves, []).append(each)
    stages = [_seen(line, record, str(stage), standing, files, on) for stage in line.flow.stages]
    place = line.flow.place(record.stage)
    return RecordPage(
        record=record,
        facts=[fact for fact in _facts(line, record) if fact[1] != NOTHING],
        stages=stages,
        nexts=[
            NextStage(stage, line.stage_label(stage), missing(line, record, stage))
            for stage in line.flow.following(record.stage)
        ],
        earlier=[(str(it), line.stage_label(str(it))) for it in line.flow.stages[:place]],
        waiting=[it for it in stages if it.step is not None and it.step.state == Step.State.CLAIMED],
        steps=steps,
        limits=_limits(line, record, standing.values(), on),
        parts=_parts(line, record, person),
        comments=list(Comment.objects.of(record).select_related("by")),
        twins=list(line.model.objects.visible_to(person).filter(merged_into=record)),
        evidence=evidence,
        cautions=[str(said) for caution in line.cautions for said in caution(record)],
    )


def _facts(line: Line, record: Record) -> list[tuple[str, str]]:
    own = [(label_of(line, name), written(record, name)) for name in ("unit", *line.fields)]
    return own + local_facts(record, local_columns(line))


def _limits(line: Line, record: Record, steps: Iterable[Step], on: date) -> list[Limit]:
    if not line.clocks:
        return []
    found = running(line, record, steps, Pause.objects.of(record), Extension.objects.of(record))
    return [Limit(it, it.days_left(on), it.is_late(on)) for it in found]


def _parts(line: Line, record: Record, person: Person) -> list[Parts]:
    """The newest of each register that refers to this one; two questions a register, however many it holds."""
    return [
        _part(other, each.name, record, person)
        for other in all_lines()
        if other.home == line.home
        for each in other.model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model is line.model and each.name != "merged_into"
    ]


def _part(line: Line, name: str, record: Record, person: Person) -> Parts:
    found = line.model.objects.visible_to(person).standing().filter(**{name: record})
    keys = list(found.order_by("-pk").values_list("pk", flat=True)[:MOST_PARTS])
    newest = sorted(bare(found.filter(pk__in=keys), line.columns), key=lambda row: -row[0])
    count = len(newest) if len(newest) < MOST_PARTS else found.count()
    return Parts(line, name, [label_of(line, each) for each in line.columns], list(rows(line, newest)), count)


def _seen(
    line: Line, record: Record, stage: str, standing: Mapping[str, Step], files: Mapping[str, list[Evidence]], on: date
) -> StageSeen:
    step = standing.get(stage)
    state = "now" if stage == record.stage else "done" if step else "next"
    if step is None:
        return StageSeen(stage, line.stage_label(stage), state, None, None, files.get(stage, []))
    later = (it.happened_on for it in standing.values() if line.flow.place(it.stage) > line.flow.place(stage))
    days_in = (min(later, default=on) - step.happened_on).days
    return StageSeen(
        stage,
        line.stage_label(stage),
        state,
        step.happened_on,
        step,
        files.get(stage, []),
        max(days_in, 0),
        step.days_late,
    )
