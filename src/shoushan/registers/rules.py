"""Rules that many lines have in common, named in their declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.registers.fields import first_and_last


def days_in_order(*names: str) -> Callable[[Any], Iterable[Refusal]]:
    """Each of these days is on or after the one before it; a day not known counts by all it may mean.

    ``days_in_order("signed_on", "started_on")``: a start in “2026-02” is before a signing on 5 March, and a start in
    “2026-03” is not.
    """

    def rule(record: Any) -> Iterable[Refusal]:
        known = [(name, _span(getattr(record, name))) for name in names if getattr(record, name)]
        for (first, early), (then, late) in pairwise(known):
            if late[1] < early[0]:
                yield Refusal(
                    "record.day_order",
                    mark("“%(then)s”, %(later)s, is before “%(first)s”, %(earlier)s."),
                    hint=mark("Correct one of the two days."),
                    params={
                        "then": _label(record, then),
                        "later": getattr(record, then),
                        "first": _label(record, first),
                        "earlier": getattr(record, first),
                    },
                    field=then,
                )

    return rule


def _span(written: Any) -> tuple[Any, Any]:
    return first_and_last(written) if isinstance(written, str) else (written, written)


def _label(record: Any, name: str) -> Any:
    return record._meta.get_field(name).verbose_name
