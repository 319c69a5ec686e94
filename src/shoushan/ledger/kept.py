"""What follows from ledgered facts alone, worked out once by a process and kept until anything is written.

Nothing here knows who asks: what depends on a person is kept under a key that names the person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from shoushan.ledger.queries import last_written

T = TypeVar("T")
MOST = 500
_kept: dict[Hashable, tuple[Hashable, object]] = {}


def until_written(key: Hashable, work_out: Callable[[], T]) -> T:
    """The answer kept under ``key``, worked out anew once the ledger has gone on."""
    # asked before the facts: whatever is written in between makes the next reader ask again
    place = last_written()
    held = _kept.get(key)
    if held is None or held[0] != place:
        held = place, work_out()
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = held
    return cast("T", held[1])


def forget() -> None:
    """For tests, whose ledger begins anew each time."""
    _kept.clear()
