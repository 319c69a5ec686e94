"""What follows from a year's result, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from shoushan.assessment.models import Assessment, Consequence
from shoushan.assessment.queries.public import standing_run
from shoushan.plans.models import Year


@dataclass(frozen=True, slots=True)
class Following:
    """The run that stands, whether it is final, and what its scheme proposes, unit by unit."""

    run: Assessment | None
    is_final: bool
    proposals: list[Consequence]


def following(year: Year) -> Following:
    """The proposals of the run that stands; of one that was corrected since, none."""
    run = standing_run(year)
    if run is None:
        return Following(None, False, [])
    proposals = Consequence.objects.filter(score__assessment=run).select_related("score__unit", "decided_by")
    ordered = proposals.order_by("score__group", "score__unit__path", "pk")
    return Following(run, run.published_at is not None, list(ordered))
