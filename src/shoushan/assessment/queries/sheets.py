"""A score sheet (得分): each line with its clause, its arithmetic, its facts, and the sentence in the speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from shoushan.assessment.models import Objection, Panel, Score, ScoreLine
from shoushan.assessment.queries.facts import ACTUAL, FALSE, LATE, PANEL, TARGET
from shoushan.assessment.queries.public import last_days
from shoushan.core.errors import mark
from shoushan.evidence.models import Evidence
from shoushan.evidence.queries import by_thing
from shoushan.orgs.models import Person
from shoushan.plans.models import Indicator, Passage, Share
from shoushan.returns.models import Period, Return, Value
from shoushan.web import figures
from shoushan.web.charts import Waterfall

# what no indicator measures, in words
COUNTED = {LATE: mark("months sent late"), FALSE: mark("false figures found")}
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as frozen: what it is, how much, and where it comes from."""

    name: str
    label: str
    amount: Decimal | None
    measure: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One rule's points for one unit, explained."""

    line: ScoreLine
    why: str
    facts: list[Fact]
    passage: Passage | None
    late: list[Period]
    # who verified the figures behind it, what stands beside them, until when it may be objected to, and by what it was
    verifiers: list[str]
    files: list[Evidence]
    until: date | None
    objections: list[Objection]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one section, and what they add to the total."""

    label: str
    counted: Decimal
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class _Behind:
    """What the facts of a unit's year lead back to, asked for once."""

    score: Score
    indicators: dict[str, Indicator]
    shares: dict[str, Share]
    late: list[Period]
    verifiers: dict[str, list[str]]
    files: dict[str, list[Evidence]]
    until: dict[str, date | None]
    objections: dict[int, list[Objection]]
    panels: dict[str, str]


def sheet(score: Score, person: Person) -> list[Part]:
    """The lines of one unit, section by section, in the scheme's order; the same questions however many lines."""
    lines = list(score.lines.all())
    behind = _behind(score, lines, Objection.objects.visible_to(person))
    parts: dict[str, list[Line]] = {}
    for line in lines:
        parts.setdefault(line.section, []).append(_line(line, behind))
    return [
        Part(label, sum((each.line.counted or Decimal(0) for each in found), Decimal(0)), found)
        for label, found in parts.items()
    ]


def sheet_line(line: ScoreLine) -> Line:
    """One line alone, explained as on its sheet."""
    return _line(line, _behind(line.score, [line], Objection.objects.none()))


def waterfall_of(score: Score) -> Waterfall:
    """How the lines add up to the total, as a drawing with its table."""
    lines = [(line.label, line.counted) for line in score.lines.all() if line.counted is not None]
    return Waterfall(gettext("How the lines add up"), lines, gettext("total"), score.points)


def _behind(score: Score, lines: list[ScoreLine], objected: QuerySet[Objection]) -> _Behind:
    keys = {name.rpartition(".")[0] for line in lines for name in line.inputs}
    shares = (
        Share.objects.filter(
            unit=score.unit_id, goal__year=score.assessment.snapshot.year_id, goal__indicator__key__in=keys
        )
        .select_related("goal__indicator", "goal__passage__document")
        .order_by("-goal__order")
    )
    snapshot = score.assessment.snapshot
    in_time = Return.objects.filter(unit=score.unit_id, submitted_at__isnull=False, is_late=False)
    due = Period.objects.filter(year=snapshot.year_id, due_at__lte=snapshot.frozen_at).select_related("year")
    late = due.exclude(pk__in=in_time.values("period"))
    values = list(
        Value.objects.filter(entry__period__year=snapshot.year_id, unit=score.unit_id, indicator__key__in=keys)
        .select_related("decided_by", "indicator")
        .order_by("decided_by__name")
    )
    beside = by_thing(Value, [value.pk for value in values])
    verifiers: dict[str, list[str]] = {}
    files: dict[str, list[Evidence]] = {}
    for value in values:
        names = verifiers.setdefault(value.indicator.key, [])
        names += [by.name for by in [value.decided_by] if by and by.name not in names]
        files.setdefault(value.indicator.key, []).extend(beside.get(value.pk, []))
    objections: dict[int, list[Objection]] = {}
    for each in objected.filter(line__in=lines):
        objections.setdefault(each.line_id, []).append(each)
    return _Behind(
        score=score,
        indicators={indicator.key: indicator for indicator in Indicator.objects.filter(key__in=keys)},
        shares={share.goal.indicator.key: share for share in shares if share.goal.indicator},
        late=list(late),
        verifiers=verifiers,
        files=files,
        until=last_days(score),
        objections=objections,
        panels={panel.fact: panel.title for panel in Panel.objects.filter(year=snapshot.year_id)},
    )


def _line(line: ScoreLine, behind: _Behind) -> Line:
    keys = list(dict.fromkeys(name.rpartition(".")[0] for name in line.inputs))
    shares = [share for key in keys if (share := behind.shares.get(key))]
    return Line(
        line=line,
        why=_why(line, behind),
        facts=[_fact(name, amount, behind) for name, amount in line.inputs.items()],
        passage=shares[0].goal.passage if shares else None,
        late=behind.late if line.inputs.get(LATE) is not None else [],
        verifiers=[name for key in keys for name in behind.verifiers.get(key, [])],
        files=[file for key in keys for file in behind.files.get(key, [])],
        until=behind.until.get(line.rule),
        objections=behind.objections.get(line.pk, []),
    )


def _why(line: ScoreLine, behind: _Behind) -> str:
    """The sentence in the reader's language: figures with commas, facts by their names."""
    given = {name: _said(value, behind) for name, value in line.params.items()}
    return gettext(line.why) % given


def _said(value: str, behind: _Behind) -> str:
    if PLAIN.fullmatch(value):
        return figures.number(Decimal(value))
    names = value.split(", ")
    if all(name in COUNTED or name.startswith(PANEL) or name.endswith((TARGET, ACTUAL)) for name in names):
        return gettext(", ").join(_label(name, behind) for name in names)
    return value


def _label(name: str, behind: _Behind) -> str:
    if name in COUNTED:
        return gettext(COUNTED[name])
    if name.startswith(PANEL):
        return behind.panels.get(name, name)
    key = name.rpartition(".")[0]
    indicator = behind.indicators.get(key)
    words = mark("%(indicator)s, target") if name.endswith(TARGET) else mark("%(indicator)s, verified")
    return gettext(words) % {"indicator": indicator.label if indicator else key}


def _fact(name: str, amount: Any, behind: _Behind) -> Fact:
    key = name.rpartition(".")[0]
    indicator, share = behind.indicators.get(key), behind.shares.get(key)
    url = reverse("goal-months", args=[share.goal_id, behind.score.unit.code]) if share else ""
    return Fact(
        name=name,
        label=_label(name, behind),
        amount=None if amount is None else Decimal(amount),
        measure=indicator.measure if indicator else "",
        url=url,
    )
