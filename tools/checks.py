"""Every check of the project, in order, each with its seconds; all run, and what failed is told at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tools import environment, machine, postgres
from tools.environment import PYTHON, ROOT, SHOUSHAN, VENV, CannotContinue

SOURCES = ("start.py", "tools", "src", "tests", "benchmarks")
# pytest's last line: "=== 12 passed, 1 skipped in 3.45s ==="
SUMMARY = re.compile(r"^=* ?((?:\d+ \w+(?:, )?)+) in [\d.]+s(?: \(.*\))? ?=*$")
TOLD = ("failed", "passed", "skipped", "xfailed", "xpassed", "errors")
# The least share of lines and branches that tests walk: everywhere, and (nearly) all where points and grades come from.
COVERED = {"src/shoushan/*": 85, "src/shoushan/scoring/*": 100, "src/shoushan/assessment/*": 100}


@dataclass(slots=True)
class Outcome:
    """How one stage ended: what failed, or why it was left out, and pytest's counts."""

    failure: str = ""
    left_out: str = ""
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Machine:
    """What the stages share: the fetching of a browser, and the database server's address."""

    fetching: machine.Fetching
    postgres: str


Stage = Callable[[Machine], Outcome]


def run(names: Sequence[str]) -> int:
    """Run the named stages, or all; 0 when each succeeded."""
    names = ["spark" if name == "--spark" else name for name in names]
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        raise CannotContinue(f"There is no stage {unknown[0]}. Stages: {' '.join(STAGES)}")
    began = time.monotonic()
    chosen = {name: STAGES[name] for name in names or STAGES if names or name not in BY_NAME_ONLY}
    fetching = machine.Fetching()
    if "browser" in chosen:
        fetching.begin()
    environment.ready("check")
    (ROOT / "var").mkdir(exist_ok=True)
    with _database(chosen) as address:
        shared = Machine(fetching, address)
        outcomes = {name: _timed(name, stage, shared) for name, stage in chosen.items()}
    return _tell(outcomes, time.monotonic() - began)


@contextmanager
def _database(chosen: Mapping[str, Stage]) -> Iterator[str]:
    if not chosen.keys() & {"sqlite", "postgres"}:
        yield ""
        return
    with postgres.running() as address:
        yield address


def _timed(name: str, stage: Stage, shared: Machine) -> Outcome:
    print(f"\n━━ {name} ", flush=True)
    began = time.monotonic()
    outcome = stage(shared)
    print(f"━━ {name}: {time.monotonic() - began:.1f} s", flush=True)
    return outcome


def _tell(outcomes: Mapping[str, Outcome], seconds: float) -> int:
    counts: Counter[str] = sum((outcome.counts for outcome in outcomes.values()), Counter())
    print()
    for name, outcome in outcomes.items():
        if outcome.left_out:
            print(f"left out: {name}: {outcome.left_out}")
    for name, outcome in outcomes.items():
        if outcome.failure:
            print(f"FAILED: {name}: {outcome.failure}")
    # The closing line is in pytest's own form and adds up its runs.
    told = ", ".join(f"{counts[word]} {word}" for word in TOLD if counts[word]) or "no tests ran"
    print(f"{f' {told} in {seconds:.2f}s ':=^100}", flush=True)
    return 1 if any(outcome.failure for outcome in outcomes.values()) else 0


def _program(name: str, *arguments: str) -> Stage:
    return lambda _: _run([str(VENV / "bin" / name), *arguments])


def _shoushan(*arguments: str) -> Stage:
    return lambda _: _run([str(SHOUSHAN), *arguments])


def _run(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Outcome:
    """Run a program in the open, and keep pytest's counts if it tells any."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **_test_settings(), **(settings or {})},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    counts: Counter[str] = Counter()
    for line in process.stdout or ():
        print(line, end="", flush=True)
        counts = counted(line) or counts
    code = process.wait()
    return Outcome(failure=f"{command[0].rpartition('/')[2]} ended with {code}" if code else "", counts=counts)


def counted(line: str) -> Counter[str]:
    """The counts of a pytest summary line; nothing for any other line."""
    found = SUMMARY.match(line.strip())
    if not found:
        return Counter()
    pairs = (part.split(" ", 1) for part in found[1].split(", "))
    return Counter({"errors" if word == "error" else word: int(number) for number, word in pairs})


def _test_settings() -> dict[str, str]:
    """Tests have a data folder of their own and the real day, whatever the person's shell has set."""
    inherited = {name: "" for name in ("SHOUSHAN_TODAY", "SHOUSHAN_DEMO", "DATABASE_URL") if name in os.environ}
    return {**inherited, "SHOUSHAN_DATA": str(ROOT / "var" / "test")}


def _pytest(*arguments: str, settings: Mapping[str, str]) -> Outcome:
    return _run([str(PYTHON), "-m", "pytest", "-q", *arguments], settings)


def _sqlite(shared: Machine) -> Outcome:
    settings = {"SHOUSHAN_TEST_POSTGRES": shared.postgres}
    return _pytest("-n", "2", "--cov", "--cov-report=", settings=settings)


def _postgres(shared: Machine) -> Outcome:
    settings = {"SHOUSHAN_TEST_POSTGRES": shared.postgres, "DATABASE_URL": shared.postgres}
    return _pytest("-n", "2", "--only-database", settings=settings)


def _browser(shared: Machine) -> Outcome:
    shared.fetching.finish()
    missing = machine.missing()
    if missing and os.environ.get("CI") == "true":
        return Outcome(failure=f"{missing}\n{shared.fetching.log}")
    if missing:
        return Outcome(left_out=missing)
    parts = ("-n", "2", "--dist", "loadgroup", "-p", "no:randomly")
    return _pytest("-m", "browser", *parts, settings={"SHOUSHAN_CHROMIUM": machine.chromium()})


def _spark(_: Machine) -> Outcome:
    """The engines' tests with Spark, in an environment of its own: its packages are larger than all others together."""
    if not shutil.which("java"):
        return Outcome(left_out="Spark needs Java 17: apt-get install -y openjdk-17-jre-headless")
    python = environment.spark()
    return _run([str(python), "-m", "pytest", "-q", "-k", "spark", "src/shoushan/scoring/tests/test_engines.py"])


def _coverage(_: Machine) -> Outcome:
    """Whether the tests of the stage sqlite walked enough; where they did not, by file and line."""
    report = [str(VENV / "bin" / "coverage"), "report"]
    short = []
    for files, least in COVERED.items():
        if _run([*report, "--format=total", f"--include={files}", f"--fail-under={least}"]).failure:
            _run([*report, "--show-missing", f"--include={files}"])
            short.append(f"{files}: less than {least} %")
    return Outcome(failure="; ".join(short))


STAGES: dict[str, Stage] = {
    "format": _program("ruff", "format", "--check", "--output-format=concise", *SOURCES),
    "lint": _program("ruff", "check", "--output-format=concise", *SOURCES),
    "types": _program("mypy", *SOURCES),
    "imports": _program("lint-imports", "--no-logo", "--no-cache"),
    "templates": _program("djlint", "src", "--lint"),
    "messages": _shoushan("messages", "check"),
    "migrations": _shoushan("manage", "makemigrations", "--check", "--dry-run"),
    "schemes": _shoushan("scheme", "check"),
    "sqlite": _sqlite,
    "coverage": _coverage,
    "postgres": _postgres,
    "browser": _browser,
    "spark": _spark,
}
# Only run when asked for.
BY_NAME_ONLY = frozenset({"spark"})
