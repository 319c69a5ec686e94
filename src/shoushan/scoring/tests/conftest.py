"""The engines the scoring tests run on; PostgreSQL from SHOUSHAN_TEST_POSTGRES, or started for these tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tools import postgres as server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], Any]]:
    """A connection to PostgreSQL, opened when a test first asks for it."""
    opened: list[Any] = []
    with ExitStack() as closing:

        def connection() -> Any:
            if not opened:
                address = os.environ.get("SHOUSHAN_TEST_POSTGRES") or closing.enter_context(server.running())
                opened.append(closing.enter_context(psycopg.connect(address)))
            return opened[0]

        yield connection


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or leaves compiled queries in the person's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
