"""What follows from a result (奖惩): proposals by rule, for people to decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shoushan.core.errors import mark
from shoushan.scoring.results import Consequence

if TYPE_CHECKING:
    from shoushan.scoring.scheme import Proposal, Scheme


def proposals(
    scheme: Scheme, group: str, rank: int | None, grade: str | None, places: Mapping[str, int]
) -> list[Consequence]:
    """The scheme's proposals for a unit with this rank and grade, and these places in single lines."""
    found = []
    for each in scheme.consequences:
        if (not each.applies_to or group in each.applies_to) and _follows(
            each, places.get(each.rule) if each.rule else rank, grade
        ):
            because = mark("Grade %(grade)s, rank %(rank)s in %(group)s.")
            params = {"grade": grade or "–", "rank": str(rank), "group": group}
            found.append(Consequence(each.id, each.kind, each.label, each.source, because, params))
    return found


def _follows(each: Proposal, rank: int | None, grade: str | None) -> bool:
    by_grade = not each.grades or grade in each.grades
    by_rank = each.ranks_to is None or (rank is not None and rank <= each.ranks_to)
    return rank is not None and by_grade and by_rank
