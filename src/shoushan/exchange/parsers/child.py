"""The confined process: takes its limits upon itself, reads one file from its input, answers in JSON."""

from __future__ import annotations

import gc
import importlib
import json
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1024**3
CPU_SECONDS = 10


def confine() -> None:
    """Give up memory, time, files and core dumps before a single foreign byte is read."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))


def main() -> None:
    confine()
    # A short life: nothing is gained by looking for garbage among millions of cells.
    gc.disable()
    sys.path.insert(0, str(Path(__file__).parent))
    found = importlib.import_module(sys.argv[1]).parse(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
