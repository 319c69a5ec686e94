"""Words looked for at the end of other words, quickly: by their last letter."""

from __future__ import annotations

from collections.abc import Iterable


class Endings:
    """A list of endings; the longest that fits is the one that counts.

    >>> Endings(["达到", "到"]).of("收入达到")
    '达到'
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._by_last.setdefault(word[-1], []).append(word)

    def of(self, words: str) -> str:
        """The ending that the words have, or nothing."""
        for ending in self._by_last.get(words[-1:], ()):
            if words.endswith(ending):
                return ending
        return ""
