"""A unit is merged into another on a day, by the administrator alone, and never taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.core.testing import code_of
from shoushan.ledger.models import Event
from shoushan.ledger.queries import entries
from shoushan.orgs import actions
from shoushan.orgs.models import Person, Post, Unit
from shoushan.orgs.testing import BACKEND, make_district_unit, make_person, make_unit

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 30)


@pytest.fixture
def root(settings: Settings) -> Unit:
    settings.SHOUSHAN_TODAY = date(2026, 7, 2)
    return make_district_unit()


@pytest.fixture
def hexi(root: Unit) -> Unit:
    return make_unit("hexi", root, "河西街道")


@pytest.fixture
def hedong(root: Unit) -> Unit:
    return make_unit("hedong", root, "河东街道")


@pytest.fixture
def administrator(root: Unit) -> Person:
    return make_person(root, Post.Role.ADMINISTRATOR, login="administrator")


def test_the_administrator_merges_a_unit_and_its_page_says_who_carries_on(
    client: Client, administrator: Person, hexi: Unit, hedong: Unit
) -> None:
    client.force_login(administrator, BACKEND)
    assert "/units/hexi/merge/" in client.get("/units/hexi/").content.decode()

    answer = client.post("/units/hexi/merge/", {"into": hedong.pk, "on": "2026-06-30"})

    merged = Unit.objects.get(pk=hexi.pk)
    assert (answer.headers["Location"], merged.to_on, merged.successor) == ("/units/hexi/", LAST, hedong)
    page = client.get("/units/hexi/").content.decode()
    assert "河西街道存续到6月30日，由河东街道接续。" in page
    assert "/units/hexi/merge/" not in page
    assert "河西街道" not in client.get("/units/").content.decode()
    [told] = entries(Event.objects.filter(verb="merged"))
    assert (told.before["successor"], told.after) == (None, {"successor": hedong.pk, "to_on": "2026-06-30"})


def test_nobody_else_may(client: Client, hexi: Unit, hedong: Unit, root: Unit) -> None:
    client.force_login(make_person(root, Post.Role.SUPERVISOR, login="supervisor"), BACKEND)

    assert client.get("/units/hexi/merge/").status_code == 403
    assert client.post("/units/hexi/merge/", {"into": hedong.pk, "on": "2026-06-30"}).status_code == 403
    assert "/units/hexi/merge/" not in client.get("/units/hexi/").content.decode()
    assert Unit.objects.get(pk=hexi.pk).to_on is None


def test_what_cannot_be_merged_says_why(administrator: Person, root: Unit, hexi: Unit, hedong: Unit) -> None:
    def merge(unit: Unit, into: Unit, on: date = LAST) -> str:
        return code_of(actions.merge_unit, unit, into, on=on, by=administrator)

    assert merge(hexi, hexi) == "unit.successor"
    assert merge(root, hexi) == "unit.has_below"
    assert merge(hexi, hedong, date(1999, 12, 31)) == "unit.before_start"
    actions.merge_unit(hexi, hedong, on=LAST, by=administrator)
    assert merge(hexi, hedong) == "unit.ended"
    assert merge(hedong, hexi) == "unit.successor"


def test_a_refusal_stands_beside_the_form_with_what_was_typed(
    client: Client, administrator: Person, hexi: Unit, hedong: Unit
) -> None:
    client.force_login(administrator, BACKEND)

    page = client.post("/units/hexi/merge/", {"into": hedong.pk, "on": "1999-12-31"})

    assert page.status_code == 200
    assert "不能在此之前终止" in page.content.decode()
    assert 'value="1999-12-31"' in page.content.decode()
    offered = client.get("/units/hexi/merge/").content.decode()
    assert "河东街道" in offered
    assert f'<option value="{hexi.pk}">' not in offered
