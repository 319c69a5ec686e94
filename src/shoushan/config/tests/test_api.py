"""The API answers a person's token with that person's rights, and refuses in one shape."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.plans import actions as plans
from shoushan.plans.models import Goal, Indicator
from shoushan.plans.testing import NEEDED
from shoushan.returns import actions as returns

pytestmark = pytest.mark.django_db

START = date(2020, 1, 1)
EARLY, FAR = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


def reporter_at(unit: Unit, login: str) -> Person:
    person = orgs.register_person(login=login, name=login, password=None, by=None)
    orgs.appoint(person, unit, "reporter", from_on=START, by=None)
    return person


@pytest.fixture
def units() -> tuple[Unit, Unit]:
    district = orgs.found_unit(code="d", name="首善区", kind="district", under=None, by=None, from_on=START)
    return tuple(
        orgs.found_unit(code=code, name=code, kind="subdistrict", under=district, by=None, from_on=START)
        for code in ("hexi", "hubin")
    )  # type: ignore[return-value]


@pytest.fixture
def reporter(units: tuple[Unit, Unit]) -> Person:
    return reporter_at(units[0], "r")


@pytest.fixture
def goal(units: tuple[Unit, Unit], reporter: Person) -> Goal:
    year = plans.open_year(2026, by=reporter)
    jobs = plans.define_indicator(
        by=reporter,
        key="jobs",
        label="新增就业",
        measure="person",
        kind="flow",
        source=Indicator.Source.REPORTED,
        **NEEDED,
    )
    document = plans.add_document(year, title="讲话", text="全年新增就业3200人。", delivered_on=None, by=reporter)
    passage = plans.add_passage(document, 6, 11, kind="target", by=reporter)
    terms = plans.GoalTerms(kind="target", title="新增就业", indicator=jobs, value=Decimal(3200), measure="person")
    goal = plans.confirm(passage, terms, by=reporter)
    plans.divide(goal, units, method="equally", by=reporter)
    returns.open_period(year, 11, opens_at=EARLY, due_at=FAR, locks_at=FAR, by=reporter)
    return goal


def caller(person: Person) -> dict[str, Any]:
    _, secret = orgs.issue_token(person, label="test", by=person)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def test_a_call_without_a_valid_token_is_refused_in_the_one_shape(client: Client) -> None:
    answer = client.get("/api/v1/goals?year=2026", HTTP_AUTHORIZATION="Bearer nobody")

    assert answer.status_code == 401
    assert {"ok", "code", "message", "hint"} <= answer.json().keys()


def test_a_revoked_token_opens_nothing(client: Client, reporter: Person) -> None:
    token, secret = orgs.issue_token(reporter, label="old", by=reporter)
    orgs.revoke_token(token, by=reporter)

    assert client.get("/api/v1/goals?year=2026", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401


def test_goals_come_with_their_sentence(client: Client, goal: Goal, reporter: Person) -> None:
    found = client.get("/api/v1/goals?year=2026", **caller(reporter)).json()

    assert [(it["value"], it["sentence"]) for it in found] == [("3200", "全年新增就业3200人。")]


def test_a_reporter_sees_their_own_share_only(client: Client, goal: Goal, reporter: Person) -> None:
    found = client.get("/api/v1/shares?year=2026", **caller(reporter)).json()

    assert [(it["unit"], it["value"]) for it in found] == [("hexi", "1600")]


def test_a_figure_is_saved_and_the_month_submitted(client: Client, goal: Goal, reporter: Person) -> None:
    rights = caller(reporter)
    address = "/api/v1/returns/2026/11/hexi"

    saved = client.put(f"{address}/values/jobs", {"amount": "120"}, "application/json", **rights)
    done = client.post(f"{address}/submit", **rights)

    assert saved.json()["amount"] == "120"
    assert done.json()["values"][0]["state"] == "submitted"
    assert client.get(address, **rights).json()["submitted_at"]


def test_another_units_month_is_as_if_it_were_not_there(client: Client, goal: Goal, reporter: Person) -> None:
    answer = client.put(
        "/api/v1/returns/2026/11/hubin/values/jobs", {"amount": "1"}, "application/json", **caller(reporter)
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "access.absent")


def test_a_refusal_of_an_action_keeps_its_code(client: Client, goal: Goal, reporter: Person) -> None:
    answer = client.post("/api/v1/returns/2026/11/hexi/submit", **caller(reporter))

    assert (answer.status_code, answer.json()["code"]) == (409, "return.incomplete")


def test_an_unknown_field_is_refused_and_not_ignored(client: Client, goal: Goal, reporter: Person) -> None:
    answer = client.put(
        "/api/v1/returns/2026/11/hexi/values/jobs", {"amount": "1", "state": "accepted"}, "application/json",
        **caller(reporter),
    )  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (422, "api.input")


def test_a_line_that_does_not_exist_is_absent(client: Client, reporter: Person) -> None:
    assert client.get("/api/v1/lines/nothing/records", **caller(reporter)).status_code == 404


def test_lists_of_lines_letters_and_scores_answer(client: Client, goal: Goal, reporter: Person) -> None:
    rights = caller(reporter)

    for address in ("lines/investment/records", "letters?year=2026", "scores?year=2026"):
        assert client.get(f"/api/v1/{address}", **rights).json() == []


def test_the_description_of_the_api_needs_no_sign_in(client: Client) -> None:
    assert "/api/v1/goals" in client.get("/api/v1/openapi.json").json()["paths"]
