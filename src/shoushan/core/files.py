"""Files that are on the disk whole, or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def keep_whole(path: Path, data: bytes) -> None:
    """Write a file aside, sync it, then name it, and sync the folder that holds the name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(data)
        aside.flush()
        os.fsync(aside.fileno())
    Path(aside.name).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
