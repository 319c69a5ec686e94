"""What is drawn from the figures that wait; pure, so that whoever has the figures and the seed draws the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from shoushan.core.decimals import plain
from shoushan.core.sampling import draw, needed
from shoushan.ledger.canonical import canonical
from shoushan.returns.models import Value
from shoushan.returns.norms import Norms
from shoushan.returns.queries.risks import Risk


@dataclass(frozen=True, slots=True)
class Ticket:
    """One figure as it lay in the urn: which version, what it said, and its risks."""

    id: int
    version: int
    figure: str
    points: int = 0
    risks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lots:
    """What came out: looked at for its risk, the sample with its guarantee, and some by risk besides."""

    certain: list[int]
    sample: list[int]
    extra: list[int]


def figure_of(value: Value) -> str:
    """What a figure says; nothing where there is no data."""
    return "" if value.amount is None else plain(value.amount)


def tickets_of(risks: Iterable[Risk]) -> list[Ticket]:
    """The urn, in the order of the figures' numbers."""
    found = [Ticket(it.value.pk, it.value.version, figure_of(it.value), it.points, it.risks) for it in risks]
    return sorted(found, key=lambda ticket: ticket.id)


def written(tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """The urn as it is kept."""
    return [asdict(ticket) for ticket in tickets]


def read(population: Iterable[dict[str, Any]]) -> list[Ticket]:
    """The urn as it was kept."""
    return [Ticket(**each) for each in population]


def hash_of(population: Sequence[dict[str, Any]]) -> str:
    """The hash of the urn, published with the seed."""
    return sha256(canonical({"figures": list(population)})).hexdigest()


def drawn(tickets: Sequence[Ticket], seed: str, norms: Norms) -> Lots:
    """Everything with many points of risk; of the rest a sample with equal chances, and a few more by risk.

    Only the sample carries the guarantee, since only there everybody has the same chance. In the last draw each figure
    has one ticket, and one more for each point of risk.
    """
    certain = [each.id for each in tickets if each.points >= norms.certain_from]
    rest = {each.id: each for each in tickets if each.points < norms.certain_from}
    count = needed(
        len(rest), share=norms.tolerable_share, confidence=norms.confidence_share, allowed=norms.allowed
    )  # fmt: skip
    sample = draw(rest, count, seed)
    left = {pk: 1 + each.points for pk, each in rest.items() if pk not in set(sample)}
    return Lots(certain, sample, draw(left, norms.extra, f"{seed}:risk", left))
