"""The one database: SQLite beside the data, or PostgreSQL by its address."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlparse

# Older ones can lose committed writes in WAL mode (sqlite.org/wal.html, fixed in 3.51.3).
SAFE_IN_WAL = (3, 51, 3)


def database(address: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's settings for ``address`` (``postgres://…``), or for ``sqlite_file`` when it is empty."""
    return _postgres(address) if address else _sqlite(sqlite_file)


def _sqlite(file: Path) -> dict[str, Any]:
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_IN_WAL else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # opening one takes as long as all the questions of a page together
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(address: str) -> dict[str, Any]:
    parts = urlparse(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL starts with postgres://; leave it out to use SQLite.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": "-c statement_timeout=15000 -c lock_timeout=5000", **query},
    }
