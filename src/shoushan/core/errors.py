"""What can go wrong, and how it is said.

    Refusal            something asked for cannot be done: a person can mend it
    └─ Refusals        several at once (a form's fields, a workbook's rows)

Everything else is a fault of ours: it rises, and the reader gets a reference number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def mark(sentence: str) -> str:
    """Mark a sentence for translation; the page or the API says it in the reader's language."""
    return sentence


class Refusal(Exception):
    """What cannot be done, why, and what would make it possible.

    ``code`` is stable and greppable (``share.sum``). ``message`` and ``hint`` are English sentences,
    marked for translation, with ``%(name)s`` places filled from ``params``; ``field`` names the input
    they belong to, where there is one.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        hint: str = "",
        params: Mapping[str, Any] | None = None,
        field: str = "",
    ) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.hint = hint
        self.params = dict(params or {})
        self.field = field

    def __str__(self) -> str:
        said = f"{self.message} {self.hint}".strip()
        return said % self.params if self.params else said


class Refusals(Refusal):
    """Several refusals found together, so that nobody mends one only to meet the next."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.code, first.message, hint=first.hint, params=first.params, field=first.field)
        self.refusals = list(refusals)
