"""What a scheme's text may not say, as a sentence for translation."""

from __future__ import annotations


class UnsuitableError(ValueError):
    """A sentence with its places; whoever reads the scheme adds where it stands."""

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message % params)
        self.message = message
        self.params = params
