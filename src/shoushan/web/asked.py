"""What an address or a form asks for, where it is no more than a number."""

from __future__ import annotations

from datetime import date

LONGEST = 9


def number(written: str | None) -> int | None:
    """A whole number as it stands in an address; None for nothing and for anything else."""
    text = written or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def day(written: str | None) -> date | None:
    """A day as it stands in an address; None for nothing and for anything else."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
