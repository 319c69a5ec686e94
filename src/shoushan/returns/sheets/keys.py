"""The key in each row of a month's workbook: whose figure of which month, as it stood, and signed.

A key that somebody typed over, or that was copied from another month or unit, is noticed and never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from shoushan.core.errors import Refusal, mark

SALT = "returns.workbook"


@dataclass(frozen=True, slots=True)
class Key:
    """What one row is: the month, the unit that fills it in, the figure, whom it is about, and the version it shows."""

    month: str
    unit: str
    indicator: str
    about: str
    version: int

    def signed(self) -> str:
        said = "|".join([self.month, self.unit, self.indicator, self.about, str(self.version)])
        return Signer(salt=SALT).sign(said)


def read_key(written: str) -> Key:
    """The key of a row, or the refusal that says it was changed."""
    try:
        month, unit, indicator, about, version = Signer(salt=SALT).unsign(written).split("|")
        return Key(month, unit, indicator, about, int(version))
    except (BadSignature, ValueError):
        raise Refusal(
            "workbook.key",
            mark("The hidden key of this row was changed, so it is not known which figure it is."),
            hint=mark("Download the workbook again and fill in that one."),
        ) from None
