"""Who is asking, and when: set once for a request or a command, read by every event inside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was received, and the request that brought it."""

    at: datetime
    request: str = ""


_moment: ContextVar[Moment | None] = ContextVar("shoushan_moment", default=None)


def current() -> Moment:
    """The moment of the request; outside of one, now."""
    return _moment.get() or Moment(timezone.now())


@contextmanager
def acting(at: datetime, request: str = "") -> Iterator[None]:
    """Everything inside happens at ``at``, the time the server received the request."""
    token = _moment.set(Moment(at, request))
    try:
        yield
    finally:
        _moment.reset(token)
