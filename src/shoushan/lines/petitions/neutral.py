"""Words that tell who somebody is: an identity-card number or a mobile number in a free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from shoushan.core.errors import Refusal, Refusals, mark

BETWEEN = re.compile(r"(?<=\d)[\s\-–—.]{1,2}(?=\d)")
CARD = re.compile(r"(?<!\d)\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")


def tells_who(text: str) -> bool:
    """Whether a text holds the number of a person's card or telephone, however it is spaced.

    >>> tells_who("请回电 138 0013 8000"), tells_who("首府办发〔2026〕12号")
    (True, False)
    """
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    return bool(CARD.search(plain) or MOBILE.search(plain))


def refused(texts: Iterable[tuple[str, str]]) -> Iterable[Refusal]:
    """Each of the texts, given with their fields, that tells who somebody is."""
    for field, text in texts:
        if tells_who(text):
            yield Refusal(
                "petitions.tells_who",
                mark("An identity-card or mobile number stands in this text, which many people read."),
                hint=mark("Take it out; who brought the matter is entered on the page “Who brought it”, and sealed."),
                field=field,
            )


def check(field: str, text: str) -> None:
    """Refuse a text that tells who somebody is."""
    if broken := list(refused([(field, text)])):
        raise Refusals(broken)
