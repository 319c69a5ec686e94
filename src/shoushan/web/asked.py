"""What an address or a form asks for, where it is no more than a number."""

from __future__ import annotations

from datetime import date

LONGEST = 9


def number(written: str | None) -> int | None:
    """A whole number as it stands in an address; None for nothing and for anything else."""
    text = written or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def numbers(written: str | None) -> set[int]:
    """The whole numbers of a form's hidden field; whatever else stands there is left out."""
    return {found for word in (written or "").split() if (found := number(word)) is not None}


def day(written: str | None) -> date | None:
    """A day as it stands in an address; None for nothing and for anything else."""
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None
