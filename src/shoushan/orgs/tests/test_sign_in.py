"""Who gets in, and by which door."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from shoushan.ledger.verify import verify
from shoushan.orgs import actions
from shoushan.orgs.models import Person, Unit

pytestmark = pytest.mark.django_db
FIRST = {"district": "首善区", "person": "李明", "login": "liming", "password": "long-enough-77"}


def test_an_empty_installation_asks_for_its_first_administrator(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()

    assert 'name="district"' in page


def test_the_first_administrator_opens_the_district_and_is_signed_in(client: Client) -> None:
    answer = client.post("/sign-in/", FIRST)

    assert answer.status_code == 302
    assert Person.objects.get().holds("administrator")
    assert client.get("/units/").status_code == 200
    assert verify().sound


def test_nobody_becomes_first_administrator_twice(client: Client) -> None:
    client.post("/sign-in/", FIRST)

    Client().post("/sign-in/", {**FIRST, "login": "second"})

    assert Person.objects.count() == 1


def test_without_the_demonstration_the_one_click_door_does_not_exist(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo-sign-in")
    assert client.post("/demo/sign-in/", {"role": "admin"}).status_code in {302, 404}
    assert "_auth_user_id" not in client.session


def test_the_password_opens_and_a_wrong_one_does_not(client: Client) -> None:
    actions.open_district(name="首善区", login="a", person_name="安", password="long-enough-77", on=date(2026, 1, 1))

    wrong = client.post("/sign-in/", {"username": "a", "password": "wrong"})
    right = client.post("/sign-in/", {"username": "a", "password": "long-enough-77"})

    assert (wrong.status_code, right.status_code) == (200, 302)


def test_after_eight_wrong_passwords_the_right_one_waits_too_and_others_do_not(client: Client) -> None:
    actions.open_district(name="首善区", login="a", person_name="安", password="long-enough-77", on=date(2026, 1, 1))
    actions.register_person(login="b", name="白", password="long-enough-66", by=None)
    for _guess in range(8):
        client.post("/sign-in/", {"username": "a", "password": "wrong"})

    late = client.post("/sign-in/", {"username": "a", "password": "long-enough-77"})
    other = client.post("/sign-in/", {"username": "b", "password": "long-enough-66"})

    assert (late.status_code, other.status_code) == (429, 302)


def test_somebody_without_a_post_sees_no_unit(client: Client) -> None:
    actions.open_district(name="首善区", login="a", person_name="安", password="long-enough-77", on=date(2026, 1, 1))
    stranger = actions.register_person(login="b", name="白", password=None, by=None)
    client.force_login(stranger, "django.contrib.auth.backends.ModelBackend")

    assert client.get(f"/units/{Unit.objects.get().code}/").status_code == 404


def test_a_key_for_the_api_is_shown_once(client: Client) -> None:
    client.post("/sign-in/", FIRST)

    shown = client.post("/me/", {"label": "sheet"}).content.decode()
    again = client.get("/me/").content.decode()

    assert "<code>" in shown
    assert "<code>" not in again
