"""Serving: the data folder prepared, the server started, its address told once it really answers."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tools import environment
from tools.environment import LOCKS, ROOT, SHOUSHAN, VENV, CannotContinue

DEMONSTRATION, REAL = "demonstration", "real"
# The demonstration district has the same day every day: its year is told up to 3 December.
DEMONSTRATION_DAY = "2026-12-03"
PATIENCE_SECONDS = 60
# More than nginx keeps open (reliability.md: back-pressure counts connections, idle ones too).
CONNECTIONS_PER_WORKER = 1024
# Python runs one thread of a process at a time: several that all compute only take it from each other, and whoever
# holds the write lock then holds it for longer (docs/decisions/0026). More at a time means more processes.
THREADS_PER_WORKER = 1
WORKERS_PER_CORE = 2
MOST_WORKERS = 8


def serve(host: str, port: int, data: Path | None, *, empty: bool) -> int:
    """Prepare the data, start the server and stay with it until it ends."""
    refuse_taken_port(host, port)
    kind = REAL if empty else DEMONSTRATION
    folder = (data or ROOT / "var" / ("empty" if empty else "demo")).resolve()
    claim(folder, kind)
    settings = settings_of(folder, kind) | hosts_of(host)
    prepare(folder, kind, settings)
    server = subprocess.Popen(server_command(host, port), cwd=ROOT, env={**os.environ, **settings})
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    address = f"http://{spoken(host)}:{port}/"
    try:
        if not answers(address, server):
            server.terminate()
            raise CannotContinue("The server did not answer; its reason stands above.")
        print(f"\nShoushan is ready:  {address}\nIts data is in {folder}. Ctrl-C stops it.", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        return server.wait()


def server_command(host: str, port: int) -> list[str]:
    workers = min(WORKERS_PER_CORE * (os.cpu_count() or 1), MOST_WORKERS)
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(THREADS_PER_WORKER),
        "--backpressure": str(CONNECTIONS_PER_WORKER),
        "--workers-kill-timeout": "10",
        # it warns of more workers than cores, which is meant
        "--log-level": "error",
    }
    granian = [str(VENV / "bin" / "granian"), "--respawn-failed-workers"]
    return [*granian, *(part for pair in options.items() for part in pair), "shoushan.config.wsgi:application"]


def settings_of(folder: Path, kind: str) -> dict[str, str]:
    """The product's settings for this folder; what the person has set in the environment wins."""
    settings = {"SHOUSHAN_DATA": str(folder)}
    if kind == DEMONSTRATION:
        settings["SHOUSHAN_DEMO"] = "1"
        settings["SHOUSHAN_TODAY"] = os.environ.get("SHOUSHAN_TODAY", DEMONSTRATION_DAY)
    else:
        # One-click sign-in must never stand before real data, whatever the environment was left with.
        settings["SHOUSHAN_DEMO"] = "0"
    return settings


def usual_settings() -> dict[str, str]:
    """The settings of the folder that commands speak of: SHOUSHAN_DATA, or the demonstration's."""
    folder = Path(os.environ.get("SHOUSHAN_DATA", ROOT / "var" / "demo")).resolve()
    return settings_of(folder, kind_of(folder) or DEMONSTRATION)


def kind_of(folder: Path) -> str:
    marker = folder / "kind"
    return marker.read_text(encoding="utf-8").strip() if marker.exists() else ""


def claim(folder: Path, kind: str) -> None:
    """Mark a new folder as demonstration or real; refuse to open one as what it is not."""
    folder.mkdir(parents=True, exist_ok=True)
    held = kind_of(folder)
    if held and held != kind:
        how = "with" if held == REAL else "without"
        raise CannotContinue(
            f"{folder} holds {'a real district' if held == REAL else 'the demonstration'}: start it {how} --empty, "
            "or name another folder with --data."
        )
    (folder / "kind").write_text(f"{kind}\n", encoding="utf-8")


def prepare(folder: Path, kind: str, settings: Mapping[str, str]) -> None:
    """Translations, tables and the demonstration; nothing to do while neither code nor database has changed."""
    if catalogues_are_stale():
        environment.must(
            "-m", "shoushan.web.messages", "compile", doing="Compiling the translations", settings=settings
        )
    stamp, wanted = folder / "prepared", preparation()
    is_embedded = not os.environ.get("DATABASE_URL")
    if is_embedded and (folder / "shoushan.sqlite3").exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print("Preparing the database …", flush=True)
    command = str(SHOUSHAN)
    environment.must(command, "manage", "migrate", "-v", "0", doing="Preparing the database", settings=settings)
    if kind == DEMONSTRATION:
        environment.must(command, "demo", "build", doing="Building the demonstration", settings=settings)
    stamp.write_text(wanted)


def preparation() -> str:
    """A digest of all that decides the tables: the migrations, and the packages that bring their own."""
    files = [LOCKS / "default.txt", *sorted((ROOT / "src").glob("**/migrations/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def catalogues_are_stale() -> bool:
    def is_stale(source: Path) -> bool:
        compiled = source.with_suffix(".mo")
        return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime

    return any(is_stale(source) for source in (ROOT / "src").glob("**/*.po"))


def hosts_of(host: str) -> dict[str, str]:
    """The names this server answers to, when it listens to more than this machine."""
    if "SHOUSHAN_HOSTS" in os.environ:
        return {}
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in {"127.0.0.1", "localhost", "::1"}:
        names += [host, socket.gethostname(), socket.getfqdn()]
    return {"SHOUSHAN_HOSTS": ",".join(dict.fromkeys(names))}


def spoken(host: str) -> str:
    """The address to open in a browser on this machine."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - read, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise CannotContinue(
                f"{host}:{port} cannot be used ({reason.strerror}). Another program may be answering there; "
                f"try:  python3 start.py --port {port + 1}"
            ) from None


def answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Whether the first page comes before patience ends or the server does."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}sign-in/", timeout=20) as answer:  # noqa: S310 - our own address
                return bool(answer.status < 500)
        except urllib.error.HTTPError as refused:
            return refused.code < 500
        except OSError:
            time.sleep(0.05)
    return False
