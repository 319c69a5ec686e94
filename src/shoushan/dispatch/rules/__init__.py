"""By which rules a warning lights (预警): dated data, and pure judgements on plain facts."""

from shoushan.dispatch.rules.book import Book, Rule, book
from shoushan.dispatch.rules.causes import Cause, causes
from shoushan.dispatch.rules.facts import Claim, Facts, Late, Progress, Reuse
from shoushan.dispatch.rules.findings import Finding, Quantity

__all__ = [
    "Book", "Cause", "Claim", "Facts", "Finding", "Late", "Progress", "Quantity", "Reuse", "Rule", "book", "causes",
]  # fmt: skip
