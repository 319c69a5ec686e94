"""What the reader proposes for a span of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
Value = str | tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing a document commits to, or a number kept out of its commitments (承诺事项).

    ``at`` and ``passage`` are places in the text as it was received, end exclusive. Fields that a kind does not
    have are empty. ``why`` is the key of the rule that decided; ``explain(why)`` says it in words.
    """

    kind: str
    at: Span
    words: str
    passage: Span
    why: str
    section: str = ""
    indicator: str = ""
    value: Value = None
    unit: str = ""
    compare: str = ""
    basis: str = ""
    deadline: str | None = None
    responsible: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The fields of the published schema, with passage, rule and section."""
        return {
            "kind": self.kind,
            "at": list(self.at),
            "words": self.words,
            "indicator": self.indicator,
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "unit": self.unit,
            "compare": self.compare,
            "basis": self.basis,
            "deadline": self.deadline,
            "responsible": list(self.responsible),
            "passage": list(self.passage),
            "why": self.why,
            "section": self.section,
        }
