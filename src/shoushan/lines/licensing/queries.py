"""The yearly report on how the licensing law is carried out (实施情况): by authority, from the register itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from shoushan.lines.licensing.line import applications
from shoushan.lines.licensing.models import Application
from shoushan.orgs.models import Person
from shoushan.registers.clocks import running
from shoushan.registers.models import Extension, Pause, Step

Stage = Application.Stage


@dataclass(slots=True)
class Row:
    """One authority's year: how many applications came, were accepted, decided, in time, extended, refused."""

    unit: str
    came: int = 0
    accepted: int = 0
    decided: int = 0
    in_time: int = 0
    extended: int = 0
    refused: int = 0
    delivered: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A year's report, the sum last."""

    year: int
    rows: list[Row]
    total: Row = field(default_factory=lambda: Row(""))


def report(person: Person, year: int) -> Report:
    """What each authority did with the applications of a year; six questions however many there are."""
    seen = applications.model.objects.visible_to(person).standing().select_related("unit").defer("search_words")
    first, last = date(year, 1, 1), date(year, 12, 31)
    steps, pauses, longer = _about(Step), _about(Pause), _about(Extension)
    rows: dict[str, Row] = {}
    total = Row("")
    for application in seen.order_by("unit__path", "pk"):
        standing = [step for step in steps[application.pk] if step.state in (Step.State.CLAIMED, Step.State.CONFIRMED)]
        days = {step.stage: step.happened_on for step in standing if first <= step.happened_on <= last}
        limits = running(applications, application, standing, pauses[application.pk], longer[application.pk])
        kept = any(it.clock.key == "decide" and it.ended_on and not it.is_late(last) for it in limits)
        more = any(it.extension is not None for it in limits)
        for row in (rows.setdefault(application.unit.name, Row(application.unit.name)), total):
            row.came += Stage.APPLIED in days
            row.accepted += Stage.ACCEPTED in days
            row.decided += Stage.DECIDED in days
            row.in_time += Stage.DECIDED in days and kept
            row.extended += Stage.DECIDED in days and more
            row.refused += Stage.DECIDED in days and application.result == Application.Result.REFUSED
            row.delivered += Stage.DELIVERED in days
    return Report(year, [row for row in rows.values() if row.came or row.decided], total)


def _about(kind: type[Step] | type[Pause] | type[Extension]) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for each in kind.objects.filter(line=applications.key):
        found[each.record_id].append(each)
    return found
