"""Keys of its own for every test, an office at the line, and a matter with somebody sealed in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache

from shoushan.lines.petitions.line import line
from shoushan.lines.petitions.models import Matter
from shoushan.lines.petitions.testing import make_matter
from shoushan.registers.testing import Office, make_office


@pytest.fixture(autouse=True)
def own_keys(settings: object, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]
    cache.clear()


@pytest.fixture
def office(db: object) -> Office:
    return make_office(line)


@pytest.fixture
def matter(office: Office) -> Matter:
    return make_matter(office)
