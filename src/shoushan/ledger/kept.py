"""What follows from ledgered facts alone, worked out once by a process and kept until anything is written.

Nothing here knows who asks: what depends on a person is kept under a key that names the person.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.db import connection

from shoushan.ledger.queries import last_written

T = TypeVar("T")
MOST = 500
_kept: dict[Hashable, tuple[Hashable, object, float]] = {}


def until_written(key: Hashable, work_out: Callable[[], T], *, rest: Callable[[T], float] = lambda _: 0.0) -> T:
    """The answer kept under ``key``, worked out anew once the ledger has gone on.

    ``rest`` tells for how many seconds an answer may stand while others write: a large one that is worked out at every
    visit keeps everybody waiting in the hour when five hundred units write. Say on its page of which moment it is.
    """
    # asked before the facts: whatever is written in between makes the next reader ask again
    place = last_written()
    held = _kept.get(key)
    if held is None or (held[0] != place and time.monotonic() >= held[2]):
        answer = work_out()
        # what is seen inside a change may still be undone with it
        stands = 0.0 if connection.in_atomic_block else rest(answer)
        held = place, answer, time.monotonic() + stands
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = held
    return cast("T", held[1])


def forget() -> None:
    """For tests, whose ledger begins anew each time."""
    _kept.clear()
