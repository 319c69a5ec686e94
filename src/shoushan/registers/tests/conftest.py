"""A register with a limit in working days, made of the errands of investment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from shoushan.orgs.testing import BACKEND
from shoushan.registers import lines
from shoushan.registers.lines import Clock, Line, line_named
from shoushan.registers.testing import Office, make_office, make_record


@pytest.fixture
def line() -> Iterator[Line]:
    """Errands that must be answered within five working days, at most three more."""
    kept = line_named("errands")
    clock = Clock("answer", "answer", "given", ["done"], days=5, working=True, clause="§ 5", more=3)
    limited = replace(kept, clocks=[clock], near=["name"])
    lines.register(limited)
    yield limited
    lines.register(kept)


@pytest.fixture
def office(db: None, line: Line) -> Office:
    return make_office(line)


@pytest.fixture
def errand(line: Line, office: Office) -> Any:
    """Given on Monday 2 March 2026, so due on Monday 9 March."""
    return make_record(line, office, on=date(2026, 3, 2), due_on=date(2026, 3, 9))


@pytest.fixture
def officer(client: Client, office: Office) -> Client:
    client.force_login(office.officer, BACKEND)
    return client
