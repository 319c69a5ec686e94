"""Calls of the API, as a program makes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from shoushan.config.testing import Call
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person


@pytest.fixture
def call(client: Client) -> Call:
    """``call(person, "post", address, given)``: the answer's status and what it says."""
    secrets: dict[int, str] = {}

    def sent(person: Person, method: str, address: str, given: Any = None, **headers: str) -> tuple[int, Any]:
        secret = secrets.setdefault(person.pk, "") or orgs.issue_token(person, label="x", by=person)[1]
        secrets[person.pk] = secret
        rights = {"Authorization": f"Bearer {secret}", **headers}
        more = {} if given is None else {"data": given, "content_type": "application/json"}
        answer = getattr(client, method)(address, headers=rights, **more)
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status_code, answer.json() if is_json and answer.content else None

    return sent
