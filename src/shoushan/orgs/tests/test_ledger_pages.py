"""Auditors see every act and check them; others see their own."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from shoushan.ledger.models import Event
from shoushan.orgs import actions
from shoushan.orgs.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def administrator() -> Person:
    return actions.open_district(name="首善区", login="a", person_name="安", password="long-77-x", on=date(2020, 1, 1))


def test_an_administrator_sees_every_event_and_checks_them(client: Client, administrator: Person) -> None:
    client.force_login(administrator, BACKEND)

    assert client.get("/ledger/").status_code == 200
    assert client.get(f"/ledger/{Event.objects.latest('pk').pk}/").status_code == 200
    assert "吻合" in client.post("/ledger/verify/").content.decode()


def test_a_row_changed_by_sql_is_named_on_the_page(client: Client, administrator: Person) -> None:
    client.force_login(administrator, BACKEND)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orgs_unit SET full_name = 'x'")

    assert "orgs.unit" in client.post("/ledger/verify/").content.decode()


def test_others_see_their_own_acts_only(client: Client, administrator: Person) -> None:
    other = actions.register_person(login="b", name="白", password=None, by=administrator)
    client.force_login(other, BACKEND)

    assert client.get(f"/ledger/{Event.objects.latest('pk').pk}/").status_code == 404
    assert client.post("/ledger/verify/").status_code == 403
    assert client.get("/ledger/").status_code == 200
