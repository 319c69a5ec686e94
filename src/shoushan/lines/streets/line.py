"""What the shared register needs to know about roads and estates, and about their inspections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from shoushan.core.errors import Refusal, mark
from shoushan.lines.streets.models import ITEMS, Inspection, Street
from shoushan.lines.streets.standards import graded, in_force
from shoushan.registers.lines import Flow, Line, Measure, Need, Page

Stage = Street.Stage
# 首善区2026年动员大会讲话: “全区41条主次干道……三级以上”, “156个居住小区”
PUBLISHED = _("the year's speech, and the grading standard of the inspection's day")


def scores_of(record: Street | Inspection) -> list[Decimal] | None:
    """The four items' points, once all four are there."""
    scores = [getattr(record, name) for name in ITEMS]
    return None if None in scores else scores


def the_points_add_up(record: Street) -> Iterable[Refusal]:
    scores = scores_of(record)
    if scores is not None and record.score is not None and sum(scores) != record.score:
        yield Refusal(
            "streets.sum",
            mark("The four items make %(sum)s points, and %(score)s stand there."),
            hint=mark("Correct the item or the sum."),
            params={"sum": sum(scores), "score": record.score},
            field="score",
        )


def the_grade_is_the_standards(record: Street) -> Iterable[Refusal]:
    """The grade is checked against the standard of the inspection's day; nobody ticks another."""
    scores = scores_of(record)
    if scores is None or not record.grade or record.inspected_on is None:
        return
    try:
        due = graded(scores, on=record.inspected_on, asked=record.asked or 0, satisfied=record.satisfied or 0)
    except Refusal as refusal:
        yield refusal
        return
    if due.grade != record.grade:
        yield Refusal(
            "streets.grade",
            mark("%(points)s points are “%(due)s” by standard %(version)s, and “%(grade)s” stands there."),
            hint=mark("Take the standard's grade, or correct the points."),
            params={
                "points": due.points.normalize(),
                "due": Street.Grade(due.grade).label,
                "version": due.standard.version,
                "grade": Street.Grade(record.grade).label,
            },
            field="grade",
        )


def accepted_on_two_words_and_a_pass(record: Street) -> Iterable[Refusal]:
    """Whoever signs the acceptance signs for grade three or better, seen by two units."""
    if not record.accepted_by:
        return
    if record.grade not in Street.PASSING:
        yield Refusal(
            "streets.not_passed",
            mark("Only what reached grade three or better is accepted."),
            hint=mark("Have it inspected again once the faults are mended."),
            field="accepted_by",
        )
    named = {word for word in re.split(r"\W+", record.inspectors) if word}
    standard = in_force(record.inspected_on)
    if standard is not None and len(named) < standard.inspectors["units"]:
        yield Refusal(
            "streets.two_inspectors",
            mark("The standard asks for inspectors of %(count)s units, and fewer are named."),
            hint=mark("Name both units that inspected."),
            params={"count": standard.inspectors["units"]},
            field="inspectors",
        )


def two_inspectors_of_two_units(record: Inspection) -> Iterable[Refusal]:
    for one, other in (("first_unit", "second_unit"), ("first_inspector", "second_inspector")):
        if getattr(record, one) and getattr(record, one) == getattr(record, other):
            yield Refusal(
                "streets.two_inspectors",
                mark("The two inspectors are two people of two units."),
                hint=mark("Name the other one."),
                field=other,
            )


def of_kind(kind: str) -> Callable[[Any], Any]:
    return lambda row: row.kind == kind


def passed(kind: str) -> Callable[[Any], Any]:
    """Each passes or does not; a mean of points is nowhere."""
    return lambda row: (row.kind == kind) & row.grade.isin([str(grade) for grade in Street.PASSING])


streets = Line(
    key="streets",
    label=_("Roads and estates"),
    model=Street,
    columns=["name", "kind", "unit", "score", "grade", "inspected_on", "stage"],
    fields=[
        "name", "kind", "length_m", "households", *ITEMS, "score", "grade", "inspected_on", "inspectors",
        "asked", "satisfied", "photo", "accepted_by", "remark",
    ],
    required=["name", "kind"],
    filters=["unit", "kind", "grade", "stage"],
    # what fell through is inspected again; what passed at once is accepted at once
    flow=Flow([*Stage], ways={Stage.INSPECTED: [Stage.ACCEPTED, Stage.REINSPECTED]}),
    needs={
        Stage.WORKS: Need(evidence=_("photographs before the works, each from a spot that can be found again")),
        # the points may still be others after the second inspection: they are asked for, and fixed, at the acceptance
        Stage.INSPECTED: Need(
            evidence=_("photographs after the works from the same spots, and the score sheet signed by both")
        ),
        Stage.REINSPECTED: Need(evidence=_("the second score sheet, signed by both, with new photographs")),
        Stage.ACCEPTED: Need(
            fields=[*ITEMS, "score", "grade", "inspected_on", "inspectors", "accepted_by"],
            evidence=_("the signed record of acceptance"),
        ),
    },
    same=["name", "kind", "unit"],
    near=["name"],
    rules=[the_points_add_up, the_grade_is_the_standards, accepted_on_two_words_and_a_pass],
    measures=[
        Measure(
            "streets.roads", Stage.ACCEPTED, where=passed("road"), label=_("Roads at grade three or better"),
            words=_("Each accepted road counts as one; points are never averaged."), source=PUBLISHED,
        ),
        Measure(
            "streets.estates", Stage.ACCEPTED, where=passed("estate"), label=_("Estates at grade three or better"),
            words=_("Each accepted estate counts as one; points are never averaged."), source=PUBLISHED,
        ),
        Measure(
            "streets.roads_planned", Stage.PLANNED, where=of_kind("road"), label=_("Roads in the year's list"),
            words=_("Every road in the list, whatever became of it."), source=PUBLISHED,
        ),
        Measure(
            "streets.estates_planned", Stage.PLANNED, where=of_kind("estate"), label=_("Estates in the year's list"),
            words=_("Every estate in the list, whatever became of it."), source=PUBLISHED,
        ),
    ],
    pages=[Page("streets-standing", _("Passed, by unit"))],
    intake=Path(__file__).parent / "intake.yaml",
    into={"road": "name", "estate": "name"},
    implied={"road": {"kind": "road"}, "estate": {"kind": "estate"}},
    in_field=True,
)  # fmt: skip

inspections = Line(
    key="inspections",
    label=_("Inspections"),
    model=Inspection,
    columns=["name", "round", "inspected_on", "first_unit", "second_unit", "stage"],
    fields=[
        "name", "street", "round", "inspected_on", *ITEMS, "first_unit", "first_inspector", "second_unit",
        "second_inspector", "asked", "satisfied", "remark",
    ],
    required=["name", "street", "round"],
    filters=["unit", "round", "stage"],
    flow=Flow([*Inspection.Stage]),
    needs={
        Inspection.Stage.DONE: Need(
            fields=[
                "inspected_on", *ITEMS, "first_unit", "first_inspector", "second_unit", "second_inspector",
            ],
            evidence=_("the score sheet signed by both, with photographs from the same spots"),
        ),
    },
    same=["name", "street", "inspected_on"],
    rules=[two_inspectors_of_two_units],
    in_field=True,
)  # fmt: skip

lines = [streets, inspections]
