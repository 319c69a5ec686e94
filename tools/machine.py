"""What is needed of the machine itself: Python's venv, and for the checks Chromium and a font with Chinese characters.

As root on Debian (a clean container) they are fetched by apt; otherwise the one command is named that fetches them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
VENV_PACKAGES = ("python3-venv",)
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")
APT_PATIENCE_SECONDS = 240


def has_venv() -> bool:
    """Whether this Python can make environments: Debian keeps that part in a package of its own."""
    return subprocess.run([sys.executable, "-c", "import venv, ensurepip"], capture_output=True).returncode == 0


def chromium() -> str:
    """The path of the browser, or an empty string."""
    wished = os.environ.get("SHOUSHAN_CHROMIUM", "")
    return wished or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")


def has_chinese_font() -> bool:
    """Whether pages can be drawn: without such a font every character is an empty box."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout.strip())


def missing() -> str:
    """What the browser's checks lack and the one command that mends it, or an empty string."""
    lacks = [] if chromium() else ["Chromium"]
    lacks += [] if has_chinese_font() else ["a font with Chinese characters"]
    return f"{' and '.join(lacks)} missing; on Debian:  {command(*BROWSER_PACKAGES)}" if lacks else ""


def command(*packages: str) -> str:
    """The one command that mends it, for whoever runs this."""
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install -y {' '.join(packages)}"


def may_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def install(*packages: str) -> str:
    """Fetch packages by apt; an empty string, or what apt said when it could not."""
    wanted = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *packages]
    ends = time.monotonic() + APT_PATIENCE_SECONDS
    while True:
        said = _apt("apt-get", "update") or _apt(*wanted)
        if not said or time.monotonic() > ends:
            return said
        time.sleep(5)  # the lists may be locked by the machine's own daily update


def _apt(*wanted: str) -> str:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(wanted, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return (done.stdout + done.stderr)[-2000:] or "apt failed" if done.returncode else ""


class Fetching:
    """The browser fetched while the first checks run; ``finish`` waits for it."""

    def __init__(self) -> None:
        self.log = ""
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        if missing() and may_install():
            print("Fetching Chromium and Chinese fonts by apt meanwhile …", flush=True)
            self._thread = threading.Thread(target=self._fetch, daemon=True)
            self._thread.start()

    def finish(self) -> None:
        if self._thread:
            self._thread.join()

    def _fetch(self) -> None:
        self.log = install(*BROWSER_PACKAGES)
