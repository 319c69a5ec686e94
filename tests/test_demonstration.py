"""The demonstration year: built by the actions, sound in the ledger, and every page of it answers."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from shoushan.config.demonstration.command import build, main
from shoushan.config.demonstration.district import Cast
from shoushan.ledger.models import Event
from shoushan.ledger.verify import verify
from shoushan.letters.models import Letter
from shoushan.lines.investment.models import Deal
from shoushan.orgs.models import Unit
from shoushan.plans.models import Goal, Passage
from shoushan.returns.models import Return, Value

BACKEND = "django.contrib.auth.backends.ModelBackend"
# whoever is not signed in may reach these and nothing else
PUBLIC = {"/sign-in/", "/healthz", "/api/v1/openapi.json"}

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


def addresses() -> list[str]:
    """Every address without a place in it."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found = []
        for pattern in patterns:
            here = before + str(pattern.pattern)
            found += walk(pattern.url_patterns, here) if isinstance(pattern, URLResolver) else [here]
        return found

    return [f"/{path}" for path in walk(get_resolver().url_patterns, "") if "<" not in path]


@pytest.fixture
def cast(settings: object) -> Cast:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)  # type: ignore[attr-defined]
    return build()


def test_the_year_is_whole_and_every_address_is_decided_for_every_role(cast: Cast, client: Client) -> None:
    assert verify().sound
    assert Unit.objects.count() == 1 + 9 + 27 + 3
    assert Goal.objects.count() == 14
    assert Deal.objects.count() == 120
    assert Letter.objects.filter(state="in_force").count() == 12
    assert Letter.objects.get(state="half_signed").unit.code == "xindu"
    assert Letter.objects.get(state="draft").basis is None
    assert not Goal.objects.filter(passage__kind=Passage.Kind.PAST).exists()
    assert not Return.objects.filter(unit__code="hexi", period__month=11).exists()
    assert {"submitted", "accepted", "returned"} == set(Value.objects.values_list("state", flat=True))
    assert not Event.objects.filter(at__date__gt=date(2026, 12, 3)).exists()
    assert main(["build"]) == 0

    seen = {path: client.get(path).status_code for path in addresses()}
    assert {path for path, status in seen.items() if status == 200} <= PUBLIC
    assert set(seen.values()) <= {200, 302, 401, 404, 405}

    for person in cast.people.values():
        client.force_login(person, BACKEND)
        for path in [*addresses(), "/documents/1/", f"/goals/{Goal.objects.first().pk}/", "/units/hexi/"]:  # type: ignore[union-attr]
            assert client.get(path).status_code in {200, 302, 401, 403, 404, 405}, (person.login, path)

    client.force_login(cast.people["reporter"], BACKEND)
    assert client.get("/units/hubin/").status_code == 404
    assert client.get("/year/").status_code == 200
