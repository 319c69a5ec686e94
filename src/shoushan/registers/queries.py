"""A register's list and a record's page, ready to be shown: rows as finished strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shoushan.core.decimals import plain
from shoushan.core.errors import Refusal
from shoushan.evidence.models import Evidence
from shoushan.orgs.models import Person, Unit
from shoushan.registers.actions import missing
from shoushan.registers.lines import Line, all_lines, line_named
from shoushan.registers.models import Record, Step
from shoushan.web import figures
from shoushan.web.today import Task

ROWS = 50
CLASS = format_html(' class="{}"', "num")


@dataclass(frozen=True, slots=True)
class Column:
    """One column's head: its name, and the address that sorts by it."""

    name: str
    label: str
    sort: str
    is_figure: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a register."""

    columns: list[Column]
    rows: list[SafeString]
    page: Page[Any]
    tabs: list[dict[str, Any]]
    units: list[Unit]


def line_or_absent(key: str) -> Line:
    """The line of an address; any other word is no page."""
    for line in all_lines():
        if line.key == key:
            return line
    raise Http404


def chosen(line: Line, person: Person, wanted: Mapping[str, str]) -> QuerySet[Any]:
    """The records a person sees, filtered and sorted as the address says; what it does not know it leaves out."""
    records = line.model.objects.visible_to(person)
    for name in line.filters:
        value = wanted.get(name, "")
        if name == "unit" and value:
            records = records.filter(unit__code=value)
        elif value:
            records = records.filter(**{name: value})
    if words := wanted.get("q", "").strip():
        records = records.filter(name__icontains=words)
    sort = wanted.get("sort", "")
    if sort.lstrip("-") in line.columns:
        return records.order_by(sort.replace("unit", "unit__path"), "-pk")
    return records.order_by("-pk")


def listing(line: Line, person: Person, wanted: Mapping[str, str]) -> Listing:
    """One page of a register: five queries, whatever the number of rows."""
    records = chosen(line, person, wanted)
    page = Paginator(records.select_related("unit"), ROWS).get_page(wanted.get("page"))
    return Listing(
        columns=[_column(line, name, wanted.get("sort", "")) for name in line.columns],
        rows=_rows(line, page.object_list),
        page=page,
        tabs=_tabs(line, person, wanted),
        units=list(Unit.objects.filter(pk__in=line.model.objects.visible_to(person).values("unit"))),
    )


def _column(line: Line, name: str, sort: str) -> Column:
    return Column(name, label_of(line, name), f"-{name}" if sort == name else name, name.endswith("_yuan"))


def label_of(line: Line, name: str) -> str:
    """A field's name as it stands in the model."""
    return str(line.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _rows(line: Line, records: Iterable[Record]) -> list[SafeString]:
    """Each record as a finished table row: a template would take three times as long for fifty of them."""
    words = {name: choices_of(line, name) for name in line.columns}
    cells = [
        format_html('<td data-label="{}"{}>', label_of(line, name), CLASS if name.endswith("_yuan") else "")
        for name in line.columns
    ]
    # one pattern for all rows; a brace in a label is a brace
    pattern = "<tr>" + "".join(cell.replace("{", "{{").replace("}", "}}") + "{}</td>" for cell in cells) + "</tr>"
    return [
        format_html(
            pattern, _linked(record), *(written(record, name, words[name]) for name in line.columns if name != "name")
        )
        for record in records
    ]


def _linked(record: Record) -> SafeString:
    return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)


def choices_of(line: Line, name: str) -> dict[Any, str]:
    """A field's choices in the reader's words, looked up once for all rows."""
    choices = line.model._meta.get_field(name).choices  # type: ignore[union-attr]
    return {value: str(shown) for value, shown in choices or ()}


def written(record: Record, name: str, words: Mapping[Any, str] | None = None) -> str:
    """A field of a record in the reader's words."""
    value = getattr(record, name)
    if value is None or value == "":
        return "—"
    if name.endswith("_yuan"):  # as the field's name says: whole yuan, as on the contract
        return figures.number(value)
    if name.endswith("_share"):
        return f"{plain(value * 100)} %"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    known = choices_of(line_named(record.line_key), name) if words is None else words
    return str(known.get(value, value))


def _tabs(line: Line, person: Person, wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    """All stages with how many records stand there."""
    counted = line.model.objects.visible_to(person).order_by().values("stage").annotate(count=Count("pk"))
    counts = {row["stage"]: row["count"] for row in counted}
    now = wanted.get("stage", "")
    tabs = [{"label": _("All"), "url": "?", "count": sum(counts.values()), "current": not now}]
    return tabs + [
        {
            "label": line.stage_label(str(stage)),
            "url": f"?stage={stage}",
            "count": counts.get(str(stage), 0),
            "current": now == str(stage),
        }
        for stage in line.flow.stages
    ]


@dataclass(frozen=True, slots=True)
class StageSeen:
    """A stage on a record's rail: when it happened, who says so, who confirmed it, and its files."""

    key: str
    label: str
    state: str
    at: date | None
    step: Step | None
    files: list[Evidence]


@dataclass(frozen=True, slots=True)
class NextStage:
    """A stage the record may enter now, and what is still missing for it."""

    key: str
    label: str
    gaps: list[Refusal]


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


def record_page(line: Line, record: Record) -> RecordPage:
    """Everything a record's page shows."""
    steps = list(Step.objects.of(record).select_related("entered_by", "decided_by"))
    standing = {step.stage: step for step in steps if step.state in (Step.State.CLAIMED, Step.State.CONFIRMED)}
    files: dict[str, list[Evidence]] = {}
    for each in Evidence.objects.about(record).standing().select_related("file"):
        files.setdefault(each.proves, []).append(each)
    stages = [_seen(line, record, str(stage), standing, files) for stage in line.flow.stages]
    place = line.flow.place(record.stage)
    return RecordPage(
        record=record,
        facts=[(label_of(line, name), written(record, name)) for name in ("unit", *line.fields)],
        stages=stages,
        nexts=[
            NextStage(stage, line.stage_label(stage), missing(line, record, stage))
            for stage in line.flow.following(record.stage)
        ],
        earlier=[(str(it), line.stage_label(str(it))) for it in line.flow.stages[:place]],
        waiting=[it for it in stages if it.step is not None and it.step.state == Step.State.CLAIMED],
        steps=steps,
    )


def _seen(
    line: Line, record: Record, stage: str, standing: Mapping[str, Step], files: Mapping[str, list[Evidence]]
) -> StageSeen:
    step = standing.get(stage)
    state = "now" if stage == record.stage else "done" if step else "next"
    return StageSeen(
        stage, line.stage_label(stage), state, step.happened_on if step else None, step, files.get(stage, [])
    )


def waiting_for(person: Person, on: date) -> Iterable[Task]:
    """Stages that wait for this person's confirmation, for 今日."""
    keys = person.lines_as("verifier")
    steps = Step.objects.filter(line__in=keys, state=Step.State.CLAIMED).exclude(entered_by=person)
    for key in sorted(keys & {line.key for line in all_lines()}):
        claimed = list(steps.filter(line=key).order_by("entered_at")[:20])
        names = dict(
            line_named(key).model.objects.filter(pk__in=[step.record_id for step in claimed]).values_list("pk", "name")
        )
        for step in claimed:
            yield Task(
                title=_("Confirm “%(stage)s” of %(name)s")
                % {"stage": line_named(key).stage_label(step.stage), "name": names.get(step.record_id, "")},
                url=f"/{key}/{step.record_id}/",
                due=None,
            )
