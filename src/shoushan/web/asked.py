"""What an address or a form asks for, where it is no more than a number."""

from __future__ import annotations

LONGEST = 9


def number(written: str | None) -> int | None:
    """A whole number as it stands in an address; None for nothing and for anything else."""
    text = written or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None
