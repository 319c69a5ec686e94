"""How long a newcomer waits: from a clean clone to the first page, and at the second start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.figures import Figure, at_most
from tools.environment import ROOT

FIRST_SECONDS, SECOND_SECONDS = 60, 5
PATIENCE_SECONDS = 600


def measure() -> list[Figure]:
    """Clone what is committed, start it with empty caches, stop it, start it again."""
    with tempfile.TemporaryDirectory(prefix="shoushan-start-") as made:
        clone, cache = Path(made) / "clone", Path(made) / "cache"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, clone], check=True)
        first, second = seconds_to_first_page(clone, cache), seconds_to_first_page(clone, cache)
    return [
        at_most("clean clone to first page", first, "s", FIRST_SECONDS),
        at_most("second start to first page", second, "s", SECOND_SECONDS),
    ]


def seconds_to_first_page(folder: Path, cache: Path) -> float:
    port = free_port()
    # Nobody's settings, and package caches that nothing has filled: each download counts.
    settings = {name: value for name, value in os.environ.items() if not name.startswith("SHOUSHAN_")}
    settings |= {"UV_CACHE_DIR": str(cache / "uv"), "PIP_CACHE_DIR": str(cache / "pip")}
    settings.pop("DATABASE_URL", None)
    command = [getattr(sys, "_base_executable", sys.executable), "start.py", "--port", str(port)]
    began = time.monotonic()
    started = subprocess.Popen(command, cwd=folder, env=settings, stdout=sys.stderr)
    try:
        wait_for(f"http://127.0.0.1:{port}/", started)
        return time.monotonic() - began
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(30)


def wait_for(address: str, started: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and started.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310 - our own address
                page.read()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("start.py ended, or did not answer, before its first page.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
