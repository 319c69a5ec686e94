"""What the checks need of the machine itself: Chromium and a font with Chinese characters."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")
APT_PATIENCE_SECONDS = 240


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
    """What is missing and the one command that mends it, or an empty string."""
    lacks = [] if chromium() else ["Chromium"]
    lacks += [] if has_chinese_font() else ["a font with Chinese characters"]
    if not lacks:
        return ""
    by = "" if os.geteuid() == 0 else "sudo "
    return f"{' and '.join(lacks)} missing; on Debian:  {by}apt-get install -y {' '.join(PACKAGES)}"


def may_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


class Installing:
    """Fetches what is missing by apt while the first checks run; ``finish`` waits for it."""

    def __init__(self) -> None:
        self.log = ""
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        if missing() and may_install():
            print("Fetching Chromium and Chinese fonts by apt meanwhile …", flush=True)
            self._thread = threading.Thread(target=self._install, daemon=True)
            self._thread.start()

    def finish(self) -> None:
        if self._thread:
            self._thread.join()

    def _install(self) -> None:
        install = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", *PACKAGES]
        ends = time.monotonic() + APT_PATIENCE_SECONDS
        # The lists may be locked by the machine's own daily update: wait for it.
        while not (self._apt(["apt-get", "update"]) and self._apt(install)) and time.monotonic() < ends:
            time.sleep(5)

    def _apt(self, command: list[str]) -> bool:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.log = done.stdout[-2000:] + done.stderr[-2000:]
        return done.returncode == 0
