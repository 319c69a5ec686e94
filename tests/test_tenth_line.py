"""The line of the how-to “A new work line in an hour” is real: it runs through all that the register promises."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 120


@pytest.mark.long
def test_the_tenth_line_gets_every_page_for_free(tmp_path: Path) -> None:
    settings = {**os.environ, "SHOUSHAN_LINES": "examples.lamps", "SHOUSHAN_DATA": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-k", "lamps"]

    done = subprocess.run(
        [*command, "tests/test_every_line.py"], cwd=ROOT, env=settings, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_the_tenth_line_is_short_and_quoted_by_the_how_to() -> None:
    files = sorted((ROOT / "examples" / "lamps").glob("*.py"))
    how_to = (ROOT / "docs" / "how-to" / "add-a-work-line.md").read_text(encoding="utf-8")

    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) <= MOST_LINES
    assert all(f"examples/lamps/{file.name}" in how_to for file in files if file.name != "__init__.py")
