"""Before what cannot be taken back one proves anew who one is; the proof is five minutes old at most, and one's own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from shoushan.core.errors import Refusal
from shoushan.ledger.moment import acting
from shoushan.orgs import actions, proof
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.web import refusals

PASSWORD = "long-enough-77"
AGAIN = "/sign-in/again/"


@pytest.fixture
def person(db: None) -> Person:
    cache.clear()
    return actions.open_district(name="首善区", login="a", person_name="安", password=PASSWORD, on=date(2026, 1, 1))


def proven(client: Client) -> bool:
    return proof.KEPT_AS in client.session


def test_signing_in_is_a_proof(client: Client, person: Person) -> None:
    client.post("/sign-in/", {"username": "a", "password": PASSWORD})

    assert proven(client)


def test_a_session_that_was_taken_over_has_none_until_the_password_is_typed(client: Client, person: Person) -> None:
    client.force_login(person, BACKEND)
    assert not proven(client)

    wrong = client.post(AGAIN, {"password": "wrong", "next": "/me/"})
    assert (wrong.status_code, proven(client)) == (200, False)
    one_click = client.post(AGAIN, {"next": "/me/"})
    assert (one_click.status_code, proven(client)) == (200, False)
    right = client.post(AGAIN, {"password": PASSWORD, "next": "/me/"})
    assert (right.headers["Location"], proven(client)) == ("/me/", True)


def test_somebody_elses_password_proves_nothing(client: Client, person: Person) -> None:
    client.force_login(actions.register_person(login="b", name="白", password="other-long-66", by=None), BACKEND)

    client.post(AGAIN, {"password": PASSWORD})

    assert not proven(client)


def test_it_leads_to_no_other_site(client: Client, person: Person) -> None:
    client.force_login(person, BACKEND)

    answer = client.post(AGAIN, {"password": PASSWORD, "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_guesses_are_slowed_as_at_the_door(client: Client, person: Person) -> None:
    client.force_login(person, BACKEND)
    for _guess in range(9):
        client.post(AGAIN, {"password": "wrong"})

    client.post(AGAIN, {"password": PASSWORD})

    assert not proven(client)


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (5, True), (6, False), (-1, False)])
def test_it_is_good_for_five_minutes(db: None, minutes: int, fresh: bool) -> None:
    request, now = RequestFactory().get("/"), timezone.now()
    request.session = SessionStore()
    with acting(at=now):
        proof.give(request)

    with acting(at=now + timedelta(minutes=minutes)):
        assert proof.is_fresh(request) is fresh


def test_in_the_demonstration_one_click_counts_and_the_page_says_so(
    client: Client, person: Person, settings: Any
) -> None:
    nobody = actions.register_person(login="demo-x", name="演示", password=None, by=None)
    client.force_login(nobody, BACKEND)
    client.post(AGAIN, {"next": "/me/"})
    assert not proven(client)
    settings.DEMO = True

    page = client.get(AGAIN, headers={"Accept-Language": "en"}, data={"next": "/me/"}).content.decode()
    client.post(AGAIN, {"next": "/me/"})

    assert "演示系统" in page
    assert 'name="password"' not in page
    assert proven(client)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Signing needs a proof from the last 5 minutes that it is you. Type your password again"),
        ("zh-hans", "签署要5分钟内再验证一次。请再输一次密码"),
        ("zh-hant", "簽署須5分鐘內再驗證一次。請再輸入一次密碼"),
    ],
)
def test_the_refusal_is_said_in_three_languages(db: None, language: str, said: str) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    what = {"en": "Signing", "zh-hans": "签署", "zh-hant": "簽署"}[language]

    with pytest.raises(Refusal) as refused:
        proof.demand(request, what)

    with translation.override(language):
        assert said in refusals.say(refused.value).whole
    assert refusals.status(refused.value) == 403
