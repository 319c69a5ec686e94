"""start.py: what it understands, when it has nothing to do, and what it says when something is missing."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import checks, environment, machine, serving
from tools.commands import arguments

ROOT = Path(__file__).resolve().parent.parent


def locks(folder: Path, **contents: str) -> Path:
    for name in ("default", "check"):
        (folder / f"{name}.txt").write_text(contents.get(name, name), encoding="utf-8")
    return folder


def test_without_a_word_it_serves_the_demonstration_on_this_machine_only() -> None:
    asked = arguments([])

    assert (asked.task, asked.host, asked.port, asked.data, asked.empty) == ("serve", "127.0.0.1", 8000, None, False)


def test_options_of_serving_are_understood() -> None:
    asked = arguments(["--port", "8010", "--host", "0.0.0.0", "--data", "elsewhere", "--empty"])  # noqa: S104

    assert (asked.port, asked.host, asked.data, asked.empty) == (8010, "0.0.0.0", Path("elsewhere"), True)  # noqa: S104


@pytest.mark.parametrize("task", ["shoushan", "bench", "test"])
def test_what_follows_a_command_is_handed_on_untouched(task: str) -> None:
    asked = arguments([task, "start", "--json", "--port", "1"])

    assert (asked.task, asked.rest) == (task, ["start", "--json", "--port", "1"])


def test_an_unchanged_environment_is_left_alone(tmp_path: Path) -> None:
    installed = environment.stamp(locks(tmp_path), "3.11", Path("venv"))

    assert environment.is_satisfied(installed, environment.stamp(tmp_path, "3.11", Path("venv")), "default")


@pytest.mark.parametrize("changed", ["default", "check"])
def test_a_changed_lock_is_installed_by_whoever_needs_it(tmp_path: Path, changed: environment.Lock) -> None:
    installed = environment.stamp(locks(tmp_path), "3.11", Path("venv"))

    wanted = environment.stamp(locks(tmp_path, **{changed: "newer"}), "3.11", Path("venv"))

    assert not environment.is_satisfied(installed, wanted, changed)


def test_a_developers_environment_serves_too(tmp_path: Path) -> None:
    developers = environment.stamp(locks(tmp_path), "3.11", Path("venv"))

    assert {"default", "check"} <= developers.keys()
    assert environment.is_satisfied(developers, developers, "default")


def test_a_plain_environment_does_not_serve_the_checks(tmp_path: Path) -> None:
    wanted = environment.stamp(locks(tmp_path), "3.11", Path("venv"))
    plain = {name: wanted[name] for name in ("python", "default")}

    assert not environment.is_satisfied(plain, wanted, "check")


def test_a_moved_folder_gets_a_new_environment(tmp_path: Path) -> None:
    installed = environment.stamp(locks(tmp_path), "3.11", Path("here"))

    assert not environment.is_satisfied(installed, environment.stamp(tmp_path, "3.11", Path("there")), "default")


def test_a_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "stamp"
    file.write_text("{half", encoding="utf-8")

    assert environment.read_stamp(file) == {}


@pytest.mark.parametrize(("user", "command"), [(0, "  apt-get"), (1000, "  sudo apt-get")])
def test_a_missing_venv_names_the_one_command_that_mends_it(
    monkeypatch: pytest.MonkeyPatch, user: int, command: str
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)

    assert f"{command} install -y python3-venv" in environment.venv_is_missing()


def test_a_wrong_python_is_told_before_anything_else_is_read() -> None:
    pretend = (
        "import sys, runpy, os, shutil\n"
        "sys.version_info = (3, 9, 2)\n"
        "shutil.which = lambda name: None\n"
        f"runpy.run_path({str(ROOT / 'start.py')!r}, run_name='__main__')"
    )
    told = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True, cwd=ROOT)

    assert told.returncode == 1
    assert "this is Python 3.9" in told.stderr
    assert "apt-get install -y python3 python3-venv" in told.stderr


def test_a_taken_port_is_told_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(environment.CannotContinue, match=f"--port {port + 1}"):
            serving.refuse_taken_port("127.0.0.1", port)


def test_real_data_is_never_opened_as_a_demonstration(tmp_path: Path) -> None:
    serving.claim(tmp_path, serving.REAL)

    with pytest.raises(environment.CannotContinue, match="start it with --empty"):
        serving.claim(tmp_path, serving.DEMONSTRATION)


def test_one_click_sign_in_is_off_for_real_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOUSHAN_DEMO", "1")

    assert serving.settings_of(tmp_path, serving.REAL)["SHOUSHAN_DEMO"] == "0"


def test_commands_see_a_real_folder_as_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serving.claim(tmp_path, serving.REAL)
    monkeypatch.setenv("SHOUSHAN_DATA", str(tmp_path))

    assert serving.usual_settings() == {"SHOUSHAN_DATA": str(tmp_path), "SHOUSHAN_DEMO": "0"}


def test_a_server_for_others_answers_to_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHOUSHAN_HOSTS", raising=False)

    assert socket.gethostname() in serving.hosts_of("0.0.0.0")["SHOUSHAN_HOSTS"]  # noqa: S104
    assert serving.hosts_of("127.0.0.1")["SHOUSHAN_HOSTS"] == "localhost,127.0.0.1,[::1]"


def test_the_server_outlives_a_killed_worker() -> None:
    assert "--respawn-failed-workers" in serving.server_command("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("120 passed in 72.00s (0:01:11)", {"passed": 120}),
        (
            "=== 2 failed, 3 passed, 1 skipped, 1 error in 5.22s ===",
            {"failed": 2, "passed": 3, "skipped": 1, "errors": 1},
        ),
        ("src/x.py: 3 passed the test", {}),
    ],
)
def test_the_counts_of_a_run_are_read_from_its_last_line(line: str, counts: dict[str, int]) -> None:
    assert checks.counted(line) == Counter(counts)


def test_a_missing_browser_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "chromium", lambda: "")
    monkeypatch.setattr(machine, "has_chinese_font", lambda: True)

    assert machine.missing().endswith("apt-get install -y chromium fonts-noto-cjk")


def test_without_its_browser_the_continuous_check_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "missing", lambda: "Chromium missing")
    shared = checks.Machine(machine.Fetching(), "")

    monkeypatch.setenv("CI", "true")
    assert checks.STAGES["browser"](shared).failure

    monkeypatch.delenv("CI")
    assert checks.STAGES["browser"](shared).left_out


def test_a_branch_of_scoring_that_no_test_walks_fails_the_check_by_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the program: of scoring it finds 99 %, of everything else enough."""
    asked: list[list[str]] = []

    def answer(command: Sequence[str], settings: object = None) -> checks.Outcome:
        asked.append(list(command[1:]))
        found = 99 if "--include=src/shoushan/scoring/*" in command else 100
        least = [int(each.partition("=")[2]) for each in command if each.startswith("--fail-under=")]
        return checks.Outcome(failure="coverage ended with 2" if least and found < least[0] else "")

    monkeypatch.setattr(checks, "_run", answer)

    outcome = checks.STAGES["coverage"](checks.Machine(machine.Fetching(), ""))

    assert outcome.failure == "src/shoushan/scoring/*: less than 100 %"
    assert [each for each in asked if "--show-missing" in each] == [
        ["report", "--show-missing", "--include=src/shoushan/scoring/*"]
    ]


def test_the_schemes_of_the_benchmarks_load() -> None:
    from benchmarks import scoring, snapshots

    assert len(scoring.district_scheme().rules) == scoring.RULES
    assert snapshots.scheme().grades is not None


def test_benchmarks_report_in_one_shape() -> None:
    from benchmarks.figures import at_least, at_most

    slow, fast = at_most("first page", 61, "s", 60), at_least("lists", 130, "requests/s", 120)

    assert json.loads(json.dumps([slow, fast])) == [
        {"name": "first page", "figure": 61, "unit": "s", "limit": 60, "ok": False},
        {"name": "lists", "figure": 130, "unit": "requests/s", "limit": 120, "ok": True},
    ]
