"""One spelling for searching: 简 finds 繁, wide finds narrow, capitals do not matter."""

from __future__ import annotations

import unicodedata
from functools import cache

import opencc


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def searchable(text: str) -> str:
    """A text as it is searched for: simplified, narrow, lower case, its spaces single.

    >>> searchable("首善區　ＡＢ  試點")
    '首善区 ab 试点'
    """
    narrow = unicodedata.normalize("NFKC", text)
    return " ".join(_converter().convert(narrow).casefold().split())
