"""The examples in the library's documentation are true."""

from __future__ import annotations

import doctest

from shoushan.reading import endings, reader


def test_examples_in_docstrings_hold() -> None:
    results = [doctest.testmod(module) for module in (endings, reader)]

    assert sum(result.attempted for result in results) >= 2
    assert all(result.failed == 0 for result in results)
