"""A process of its own for each foreign file: what kills the parser cannot kill the server.

calamine aborts its process on a 5 KB workbook with a cell at XFD1048576, and no ``except`` can catch that.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from shoushan.core.errors import Refusal, mark
from shoushan.exchange import archive

CHILD = Path(__file__).parent / "parsers" / "child.py"
WALL_SECONDS = 15


def parse(parser: str, data: bytes) -> dict[str, Any]:
    """Run one of ``parsers/`` on these bytes and return what it found, or refuse the file."""
    with tempfile.TemporaryDirectory(prefix="shoushan-") as folder:
        child = subprocess.Popen(
            [sys.executable, "-I", "-B", str(CHILD), parser],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={},
            start_new_session=True,
        )
        try:
            answer, _ = child.communicate(data, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise archive.damaged() from None
        finally:
            _end(child)
    if child.returncode != 0:
        raise archive.damaged()
    found: dict[str, Any] = json.loads(answer, parse_float=Decimal)
    if "limit" in found:
        raise beyond(found["limit"])
    return found


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()


def beyond(limit: dict[str, Any]) -> Refusal:
    return Refusal(
        "sheet.too_large",
        mark(
            "Sheet “%(sheet)s” reaches to cell %(cell)s; at most %(rows)s rows, %(columns)s columns and %(cells)s cells"
            " are read."
        ),
        hint=mark("Delete what lies far from the table, or split the table into several files."),
        params=limit,
    )
