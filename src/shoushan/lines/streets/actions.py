"""What is done to roads and estates beyond the shared register."""

from __future__ import annotations

from django.db import transaction

from shoushan.core.errors import Refusal, mark
from shoushan.lines.streets.line import scores_of
from shoushan.lines.streets.models import ITEMS, Inspection, Street
from shoushan.lines.streets.standards import graded
from shoushan.orgs.models import Person
from shoushan.registers.actions import edit


@transaction.atomic
def adopt(inspection: Inspection, *, by: Person) -> Street:
    """Take a done inspection as its street's result: points, grade of that day's standard, and both inspectors."""
    street, scores, day = inspection.street, scores_of(inspection), inspection.inspected_on
    if inspection.stage != Inspection.Stage.DONE or scores is None or day is None:
        raise Refusal(
            "streets.not_inspected",
            mark("This inspection has not been carried out yet."),
            hint=mark("Record its points and its evidence first."),
        )
    result = graded(scores, on=day, asked=inspection.asked or 0, satisfied=inspection.satisfied or 0)
    taken = {
        **dict(zip(ITEMS, scores, strict=True)),
        "score": sum(scores),
        "grade": result.grade,
        "inspected_on": day,
        "inspectors": f"{inspection.first_unit};{inspection.second_unit}",
        "asked": inspection.asked,
        "satisfied": inspection.satisfied,
    }
    changed: Street = edit(street, taken, by=by)
    return changed
