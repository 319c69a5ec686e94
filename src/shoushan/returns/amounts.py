"""A figure as people type it: commas, full-width digits and spaces are fine; units and powers are not."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from shoushan.core.errors import Refusal, mark

PLAIN = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?")


def read_amount(typed: str) -> Decimal | None:
    """The number somebody typed; None for nothing at all. units (``12万``) and powers are refused."""
    text = "".join(unicodedata.normalize("NFKC", typed).split()).replace(",", "").replace("−", "-")
    if not text:
        return None
    if not PLAIN.fullmatch(text):
        raise Refusal(
            "value.not_a_number",
            mark("“%(typed)s” is not a plain number."),
            hint=mark("Type digits only; the unit of measure stands beside the field."),
            params={"typed": typed.strip()[:40]},
            field="amount",
        )
    return Decimal(text)
