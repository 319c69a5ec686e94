"""What the registers are for: which a person sees, and what their figures count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from shoushan.core.scripts import searchable
from shoushan.orgs.models import Person
from shoushan.registers.lines import Line, Measure, all_lines
from shoushan.registers.measures import expression
from shoushan.registers.models import Record
from shoushan.registers.queries.listing import local_columns
from shoushan.registers.queries.wording import label_of, local_facts, written
from shoushan.web.finding import Hit


@dataclass(frozen=True, slots=True)
class Seen:
    """One register on the page of all: how many records stand in it, and how many are past a limit."""

    line: Line
    count: int
    late: int


def registers_seen(person: Person, on: date) -> list[tuple[Line, list[Seen]]]:
    """Each work line with its registers; one question a register."""
    found: dict[str, list[Seen]] = {}
    for line in all_lines():
        counted = line.model.objects.visible_to(person).standing().order_by()
        told = counted.aggregate(count=Count("pk"), late=Count("pk", filter=Q(next_due_on__lt=on)))
        found.setdefault(line.home, []).append(Seen(line, told["count"], told["late"]))
    return [(seen[0].line, seen) for seen in found.values()]


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure counts: in words, as the expression that is run, and where it is said."""

    line: Line
    measure: Measure
    stage: str
    expression: str


def definitions(line: Line) -> list[Figure]:
    """Every figure that is computed from a line's records."""
    return [figure_of(line, each) for each in line.measures if not each.over]


def figure_of(line: Line, wanted: Measure) -> Figure:
    """One figure; of a share, what stands above the line, and ``over`` names what stands below."""
    return Figure(line, wanted, line.stage_label(wanted.stage), _shown(line, wanted))


def _shown(line: Line, wanted: Measure) -> str:
    import ibis  # noqa: PLC0415 - half a second to import, so only where it is shown

    return str(ibis.to_sql(expression(line, wanted), dialect="duckdb"))


def differences(
    line: Line, theirs: Record, mine: Record, local: Mapping[str, Any] | None = None
) -> list[tuple[str, str, str]]:
    """Where two versions of a record differ: the field, what stands there now, what was being written."""
    mine.local = mine.local if local is None else dict(local)
    kept, now = (local_facts(each, local_columns(line)) for each in (theirs, mine))
    return [
        (label_of(line, name), written(theirs, name), written(mine, name))
        for name in line.fields
        if getattr(theirs, name) != getattr(mine, name)
    ] + [(label, then, here) for (label, then), (_label, here) in zip(kept, now, strict=True) if then != here]


def find(person: Person, words: list[str]) -> Any:
    """Records with all the words, for /search/; one question a register."""
    for line in all_lines():
        found = line.model.objects.visible_to(person).standing()
        for word in words:
            found = found.filter(search_words__contains=searchable(word))
        for pk, name in found.order_by("-pk").values_list("pk", "name")[:10]:
            yield Hit(name, f"/{line.key}/{pk}/", line.label)
