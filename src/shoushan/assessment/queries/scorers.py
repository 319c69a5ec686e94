"""Who had a hand in a score line: they answer no objection to it."""

from __future__ import annotations

from shoushan.assessment.models import Objection, ScoreLine
from shoushan.assessment.queries.facts import ACTUAL
from shoushan.orgs.models import Person
from shoushan.returns.models import Value


def verified_by(line: ScoreLine) -> list[Value]:
    """The months' figures behind a line, each with who entered and who verified it."""
    keys = [name.removesuffix(ACTUAL) for name in line.inputs if name.endswith(ACTUAL)]
    year = line.score.assessment.snapshot.year_id
    values = Value.objects.filter(entry__period__year=year, unit=line.score.unit_id, indicator__key__in=keys)
    return list(values.select_related("entered_by", "decided_by", "indicator", "entry__period__year", "entry__unit"))


def scorers(line: ScoreLine) -> list[Person]:
    """Whoever froze, ran, entered or verified what the line says."""
    run = line.score.assessment
    hands = [run.run_by, run.snapshot.frozen_by]
    for value in verified_by(line):
        hands += [value.entered_by, *([value.decided_by] if value.decided_by else [])]
    return list({person.pk: person for person in hands}.values())


def may_not_answer(objection: Objection) -> list[Person]:
    """The scorers, whoever raised or appealed it, and whoever gave the first answer."""
    raised = [objection.raised_by, *([objection.appealed_by] if objection.appealed_by else [])]
    first = [answer.answered_by for answer in objection.answers.select_related("answered_by")]
    return [*scorers(objection.line), *raised, *first]
