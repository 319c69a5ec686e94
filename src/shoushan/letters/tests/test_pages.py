"""The letters' pages: bases, drafts for all, issuing what can be issued, and amendments both parties sign."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.ledger import kept
from shoushan.letters import actions
from shoushan.letters.models import Amendment, Basis, Letter
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.plans import actions as plans
from shoushan.plans.models import Goal

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def in_march(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = ISSUED


@pytest.fixture
def goal(hexi: Unit, hubin: Unit, office: Person) -> Goal:
    """Both units carry it, but 湖滨 has nobody in office to sign."""
    year = plans.open_year(2026, by=office)
    document = plans.add_document(year, title="讲话", text="今年植树45万株。", delivered_on=None, by=office)
    passage = plans.add_passage(document, 4, 8, kind="target", by=office)
    terms = plans.GoalTerms(kind="target", title="植树", value=Decimal(450000), measure="株")
    return plans.divide(plans.confirm(passage, terms, by=office), [hexi, hubin], method="equally", by=office)


@pytest.fixture
def in_force(goal: Goal, basis: Basis, hexi: Unit, office: Person, leader: Person, head: Person) -> Letter:
    letter = actions.issue(actions.draft(goal.year, hexi, basis=basis, by=office), on=ISSUED, by=office)
    return actions.sign(actions.sign(letter, by=head), by=leader)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_the_office_enters_what_letters_rest_on(client: Client, office: Person) -> None:
    given = {"title": "责任状清单", "number": "2号", "dated_on": "2026-01-05", "approver": "区委", "expires_on": ""}
    as_(client, office).post("/letters/bases/", given)
    wrong = client.post("/letters/bases/", {**given, "expires_on": "2025-01-01"}).content.decode()

    assert Basis.objects.get().number == "2号"
    assert "截止日早于成文日" in wrong


def test_all_are_drafted_and_what_cannot_go_out_stays_and_is_named(
    client: Client, office: Person, goal: Goal, basis: Basis, leader: Person, head: Person
) -> None:
    as_(client, office)
    for _ in range(2):
        client.post("/letters/draft/", {"basis": basis.pk})
    assert Letter.objects.count() == 2

    said = client.post("/letters/issue/", follow=True).content.decode()
    assert {letter.unit.code: letter.state for letter in Letter.objects.select_related("unit")} == {
        "hexi": "issued",
        "hubin": "draft",
    }
    assert "hubin: " in said
    assert "已下达1份" in said


def test_a_draft_without_a_basis_shows_its_annex_and_stays(client: Client, office: Person, goal: Goal) -> None:
    as_(client, office).post("/letters/draft/", {"basis": ""})
    letter = Letter.objects.get(unit__code="hexi")
    assert "225,000" in client.get(f"/letters/{letter.pk}/").content.decode()

    refused = client.post(f"/letters/{letter.pk}/issue/")
    letter.refresh_from_db()
    assert (refused.status_code, letter.state) == (409, "draft")


def test_a_draft_is_edited(client: Client, office: Person, goal: Goal, basis: Basis, hexi: Unit) -> None:
    letter = actions.draft(goal.year, hexi, by=office)
    as_(client, office).post(
        f"/letters/{letter.pk}/edit/", {"basis": basis.pk, "measures": "一、抓造林", "rewards": ""}
    )

    letter.refresh_from_db()
    assert (letter.basis, letter.measures) == (basis, "一、抓造林")


def proposed(client: Client, letter: Letter, goal: Goal) -> Amendment:
    share = goal.shares.get(unit=letter.unit)
    client.post(
        f"/letters/{letter.pk}/amend/",
        {"share": share.pk, "after": "200000", "ground": "policy", "explanation": "上级任务调减"},
    )
    return Amendment.objects.get()


def test_an_amendment_holds_once_both_have_signed(
    client: Client, in_force: Letter, goal: Goal, head: Person, leader: Person, office: Person
) -> None:
    amendment = proposed(as_(client, office), in_force, goal)
    assert amendment.get_absolute_url() in as_(client, head).get("/").content.decode()
    client.post(f"/amendments/{amendment.pk}/sign/")
    assert goal.shares.get(unit=in_force.unit).value == 225000

    as_(client, leader).post(f"/amendments/{amendment.pk}/sign/")
    in_force.refresh_from_db()
    assert goal.shares.get(unit=in_force.unit).value == 200000
    assert in_force.version == 2


def test_a_second_amendment_waits_for_the_first_and_the_same_target_is_none(
    client: Client, in_force: Letter, goal: Goal, office: Person
) -> None:
    proposed(as_(client, office), in_force, goal)
    share = goal.shares.get(unit=in_force.unit)
    again = {"share": share.pk, "after": "100000", "ground": "policy", "explanation": "又调"}

    assert "没签完" in client.post(f"/letters/{in_force.pk}/amend/", again).content.decode()
    same = client.post(f"/letters/{in_force.pk}/amend/", {**again, "after": "225000"}).content.decode()
    assert "新目标和原来一样" in same
    assert Amendment.objects.count() == 1


def test_only_those_concerned_refuse_and_say_why(
    client: Client, in_force: Letter, goal: Goal, office: Person, head: Person, hexi: Unit
) -> None:
    amendment = proposed(as_(client, office), in_force, goal)
    reporter = make_person(hexi, "reporter")
    assert as_(client, reporter).post(f"/amendments/{amendment.pk}/refuse/", {"reason": "不"}).status_code == 403

    as_(client, head).post(f"/amendments/{amendment.pk}/refuse/", {"reason": ""})
    amendment.refresh_from_db()
    assert amendment.state == "proposed"
    client.post(f"/amendments/{amendment.pk}/refuse/", {"reason": "任务能完成"})
    amendment.refresh_from_db()
    assert amendment.state == "refused"


def test_other_units_and_other_roles_find_nothing(
    client: Client, in_force: Letter, goal: Goal, office: Person, hubin: Unit, head: Person
) -> None:
    amendment = proposed(as_(client, office), in_force, goal)
    as_(client, make_person(hubin, "head", login="stranger"))
    for url in (f"/letters/{in_force.pk}/amend/", f"/amendments/{amendment.pk}/"):
        assert client.get(url).status_code == 404
    as_(client, head)
    for url in ("/letters/bases/", f"/letters/{in_force.pk}/edit/"):
        assert client.get(url).status_code == 403
    assert client.post("/letters/issue/").status_code == 403


def test_what_waits_for_a_signature_stands_under_today(
    client: Client, goal: Goal, basis: Basis, hexi: Unit, office: Person, leader: Person, head: Person
) -> None:
    letter = actions.issue(actions.draft(goal.year, hexi, basis=basis, by=office), on=ISSUED, by=office)
    url = f"/letters/{letter.pk}/"
    assert url in as_(client, head).get("/").content.decode()
    assert url not in as_(client, leader).get("/").content.decode()

    said = as_(client, head).post(f"{url}sign/", follow=True).content.decode()
    assert "等另一方签" in said
    assert url in as_(client, leader).get("/").content.decode()


def test_the_list_asks_no_more_as_letters_grow(
    client: Client, office: Person, goal: Goal, hexi: Unit, hubin: Unit
) -> None:
    actions.draft(goal.year, hexi, by=office)
    as_(client, office).get("/letters/")
    kept.forget()
    with CaptureQueriesContext(connection) as one:
        client.get("/letters/")
    actions.draft(goal.year, hubin, by=office)
    with CaptureQueriesContext(connection) as two:
        client.get("/letters/")

    assert len(two) == len(one)
