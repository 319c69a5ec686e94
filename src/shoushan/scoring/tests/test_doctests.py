"""The examples in the docstrings of scoring are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ["arithmetic", "facts", "rounding", "running", "wording", "writing"]


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_are_true(module: str) -> None:
    found = doctest.testmod(importlib.import_module(f"shoushan.scoring.{module}"))

    assert found.attempted > 0
    assert found.failed == 0
