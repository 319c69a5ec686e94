"""The folder .venv: made once, filled from the hashed locks, left alone while they have not changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tools import machine

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SHOUSHAN = VENV / "bin" / "shoushan"
STAMP = VENV / "shoushan.json"
LOCKS = ROOT / "requirements"

# check.txt holds everything of default.txt at the same versions, so one environment serves both.
Lock = Literal["default", "check"]


class CannotContinue(Exception):  # noqa: N818 - it says what is missing; nothing in the program is wrong
    """Something the machine lacks, with the one command that mends it."""


def ready(lock: Lock) -> None:
    """Make .venv hold what ``lock`` says; without a change this only compares digests."""
    installed = read_stamp(STAMP)
    wanted = stamp(LOCKS, sys.version, VENV)
    if is_satisfied(installed, wanted, lock):
        return
    if "check" in installed:
        lock = "check"  # a developer's environment keeps its tools
    if installed.get("python") != wanted["python"] or not PYTHON.exists():
        _make_venv()
    _install(lock)
    _put_source_on_path()
    kept = wanted if lock == "check" else {name: value for name, value in wanted.items() if name != "check"}
    STAMP.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def stamp(locks: Path, version: str, venv: Path) -> dict[str, str]:
    """What an environment depends on: this Python in this place, and each lock's content."""
    digests = {name: hashlib.sha256((locks / f"{name}.txt").read_bytes()).hexdigest() for name in ("default", "check")}
    return {"python": f"{version} {venv}", **digests}


def read_stamp(file: Path) -> dict[str, str]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def is_satisfied(installed: Mapping[str, str], wanted: Mapping[str, str], lock: Lock) -> bool:
    return all(installed.get(name) == wanted[name] for name in ("python", lock))


def python(*arguments: str, settings: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python with the product's source, and give its exit code."""
    process = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, env={**os.environ, **(settings or {})})
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal has told the child as well; wait for its own ending


def must(*arguments: str, doing: str, settings: Mapping[str, str] | None = None) -> None:
    """Run the environment's Python for a step without which nothing else works."""
    if python(*arguments, settings=settings) != 0:
        raise CannotContinue(f"{doing} did not succeed; the reason stands above.")


def _make_venv() -> None:
    print("Making .venv …", flush=True)
    said = ""
    if not machine.has_venv() and machine.may_install():
        print("Fetching python3-venv by apt …", flush=True)
        said = machine.install(*machine.VENV_PACKAGES)
    if not machine.has_venv():
        raise CannotContinue(f"{venv_is_missing()}\n{said}".rstrip())
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True)
    if made.returncode:
        raise CannotContinue(f"{venv_is_missing()}\n{made.stdout}{made.stderr}")


def venv_is_missing() -> str:
    mends = machine.command(*machine.VENV_PACKAGES)
    return f"This Python cannot make a virtual environment. Debian keeps that in a package:\n  {mends}"


def _install(lock: Lock) -> None:
    print(f"Installing packages of requirements/{lock}.txt …", flush=True)
    file = str(LOCKS / f"{lock}.txt")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes", "-r"]
    fetched = subprocess.run([*pip, str(LOCKS / "uv.txt")], cwd=ROOT, stderr=subprocess.DEVNULL)
    if fetched.returncode == 0 and _fill(PYTHON, file):
        return
    print("uv could not be used; pip does the same, more slowly.", flush=True)
    if subprocess.run([*pip, file], cwd=ROOT).returncode:
        raise CannotContinue("The packages could not be installed; the reason stands above. Is the network reachable?")


def spark() -> Path:
    """The Python of the folder .venv-spark, filled from its own lock where it is not there yet."""
    venv, lock = ROOT / ".venv-spark", LOCKS / "spark.txt"
    python, installed = venv / "bin" / "python", venv / "spark.txt"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        print("Making .venv-spark …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        if not _fill(python, str(lock)):
            raise CannotContinue("Spark could not be installed; the reason stands above. Is the network reachable?")
        shutil.copy(lock, installed)
    return python


def _fill(python: Path, lock: str) -> bool:
    """Let uv install a lock for a Python, and tell whether it could."""
    command = [str(VENV / "bin" / "uv"), "pip", "sync", "-q", "--python", str(python), "--require-hashes", lock]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **_index()}).returncode == 0


def _index() -> dict[str, str]:
    """The package index that pip is configured with, for uv, which does not read pip's configuration."""
    asked = subprocess.run([PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True)
    mirror = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


def _put_source_on_path() -> None:
    """What an editable install would do, without a build: the source on the path, and the shoushan command."""
    (packages,) = (VENV / "lib").glob("python3*/site-packages")
    (packages / "shoushan.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    SHOUSHAN.write_text(
        f"#!{PYTHON}\nimport sys\n\nfrom shoushan.config.command import main\n\n"
        'if __name__ == "__main__":\n    sys.exit(main())\n',
        encoding="utf-8",
    )
    SHOUSHAN.chmod(0o755)
