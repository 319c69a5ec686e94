"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent
# Whether a file survives a power cut is no question of a test, and the disk is asked thousands of times.
os.fsync = lambda _file: None  # type: ignore[assignment]
# How long an example takes is the machine's affair: timing is measured in benchmarks/.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
# Fixtures that open a database; with them, pytest-django's mark.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="only the tests that open a database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests first; the second database runs what touches one, since the rest would only prove the same again."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if opens_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def opens_a_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def files_of_its_own(settings: object, tmp_path: Path) -> None:
    """No test finds the evidence or the files of jobs that another has stored; jobs are done at once."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    from shoushan.ledger import kept

    kept.forget()
    settings.DATA, settings.JOBS_INLINE = tmp_path, True  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("schemes")``: a folder of the material beside the repository, or the test is left out by that name."""

    def find(name: str) -> Path:
        folder = Path(os.environ.get("SHOUSHAN_SHARED", ROOT.parent / "shared")) / "data" / name
        if not folder.exists():
            pytest.skip(f"there is no shared/data/{name} beside the repository")
        return folder

    return find
