"""The API does what the pages do: records move, goals are divided, figures verified, letters signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from shoushan.evidence.models import Evidence
from shoushan.letters import actions as letters
from shoushan.lines.investment.line import deals as line
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person
from shoushan.registers.testing import Office, make_office
from shoushan.returns.models import Value
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
RECORDS = "/api/v1/lines/investment/records"
DEAL = {"name": "润泽项目", "investor": "润泽公司", "home": "海宁湾市", "industry": "manufacturing"}


@pytest.fixture(autouse=True)
def in_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def office() -> Office:
    return make_office(line)


@pytest.fixture
def district() -> District:
    return make_district()


def as_(person: Person) -> dict[str, Any]:
    _, secret = orgs.issue_token(person, label="test", by=person)
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def entered(client: Client, office: Office) -> dict[str, Any]:
    given = {"unit": "hexi", "fields": DEAL, "on": "2026-02-01"}
    answer = client.post(RECORDS, given, content_type="application/json", **as_(office.officer))
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_a_deal_is_entered_corrected_moved_and_confirmed(client: Client, office: Office) -> None:
    deal = entered(client, office)
    here, officer = f"{RECORDS}/{deal['id']}", as_(office.officer)

    given = {"version": deal["version"], "fields": {"agreed_yuan": "6000000"}}
    fixed = client.patch(here, given, content_type="application/json", **officer).json()
    file = SimpleUploadedFile("contract.pdf", b"%PDF-1.4")
    moved = client.post(
        f"{here}/advance", {"to": "signed", "on": "2026-03-01", "version": fixed["version"], "file": file}, **officer
    )
    assert moved.status_code == 200, moved.json()
    assert moved.json()["stage"] == "signed"
    own = client.post(f"{here}/stages/signed", {"decision": "accepted"}, content_type="application/json", **officer)
    done = client.post(
        f"{here}/stages/signed", {"decision": "accepted"}, content_type="application/json", **as_(office.verifier)
    )

    assert (own.status_code, done.status_code) == (403, 200)
    whole = client.get(here, **officer).json()
    assert whole["fields"]["agreed_yuan"] == "6000000"
    assert [(step["stage"], step["state"]) for step in whole["steps"]][-1] == ("signed", "confirmed")
    assert Evidence.objects.get().name == "contract.pdf"


def test_all_faults_of_a_record_are_named_at_once(client: Client, office: Office) -> None:
    given = {"unit": "hexi", "fields": {"name": "x", "industry": "nothing"}}
    answer = client.post(RECORDS, given, content_type="application/json", **as_(office.officer))

    assert answer.status_code == 409
    assert {refusal["field"] for refusal in answer.json()["refusals"]} >= {"investor", "industry"}


def test_a_field_that_is_not_there_is_refused(client: Client, office: Office) -> None:
    deal = entered(client, office)
    given = {"version": 1, "fields": {"colour": "red"}}
    answer = client.patch(f"{RECORDS}/{deal['id']}", given, content_type="application/json", **as_(office.officer))
    assert answer.json()["code"] == "api.field"


def test_two_people_who_move_the_same_record_are_told_of_each_other(client: Client, office: Office) -> None:
    deal = entered(client, office)
    url, officer = f"{RECORDS}/{deal['id']}", as_(office.officer)
    first, late = ({"version": deal["version"], "fields": {"investor": name}} for name in "甲乙")
    client.patch(url, first, content_type="application/json", **officer)
    second = client.patch(url, late, content_type="application/json", **officer)

    assert second.status_code == 409
    assert client.get(url, **officer).json()["fields"]["investor"] == "甲"


def test_a_foreign_record_is_absent_and_a_missing_role_is_said(client: Client, office: Office) -> None:
    deal = entered(client, office)
    assert client.get(f"{RECORDS}/{deal['id']}", **as_(office.stranger)).status_code == 404
    refused = client.post(
        RECORDS, {"unit": "hexi", "fields": DEAL}, content_type="application/json", **as_(office.verifier)
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "access.role")


def test_a_goal_is_divided_and_scheduled(client: Client, district: District) -> None:
    given = {"units": ["hexi", "hedong"], "method": "by_hand", "values": {"hexi": "3000", "hedong": "200"}}
    here, office = f"/api/v1/goals/{district.goal.pk}", as_(district.supervisor)

    shares = client.put(f"{here}/shares", given, content_type="application/json", **office)
    assert {share["unit"]: share["value"] for share in shares.json()} == {"hexi": "3000", "hedong": "200"}
    short = {**given, "values": {"hexi": "3000", "hedong": "100"}}
    assert client.put(f"{here}/shares", short, content_type="application/json", **office).status_code == 409
    scheduled = client.put(
        f"{here}/schedule", {"portions": {"6": "0.5", "12": "1"}}, content_type="application/json", **office
    )
    assert scheduled.status_code == 200
    assert district.goal.shares.get(unit=district.hexi).due_by(6) == 1500
    assert (
        client.put(f"{here}/shares", given, content_type="application/json", **as_(district.leader)).status_code == 403
    )


def test_a_figure_is_verified_by_somebody_else_only(client: Client, district: District) -> None:
    value = district.submit("5")
    url = f"/api/v1/values/{value.pk}/decision"
    accepted = {"decision": "accepted", "version": value.version}

    assert client.post(url, accepted, content_type="application/json", **as_(district.reporter)).status_code == 403
    assert client.post(url, accepted, content_type="application/json", **as_(district.foreigner)).status_code == 404
    done = client.post(url, accepted, content_type="application/json", **as_(district.verifier))
    assert done.json()["state"] == Value.State.ACCEPTED


def test_lots_are_drawn_over_what_waits_and_the_draw_is_concluded(client: Client, district: District) -> None:
    value, verifier = district.submit("5"), as_(district.verifier)
    assert [it["id"] for it in client.get("/api/v1/values/waiting", **verifier).json()] == [value.pk]
    given = {"year": 2026, "unit": "d", "first_month": 11, "last_month": 11}

    made = client.post("/api/v1/draws", given, content_type="application/json", **verifier).json()
    assert (made["sample"], made["most_wrong"], made["state"]) == ([value.pk], None, "open")
    here = f"/api/v1/draws/{made['id']}"
    assert client.post(f"{here}/conclusion", **verifier).json()["code"] == "draw.unfinished"
    client.post(
        f"/api/v1/values/{value.pk}/decision", {"decision": "accepted"}, content_type="application/json", **verifier
    )
    assert client.post(f"{here}/conclusion", **verifier).json()["state"] == "accepted"
    assert client.get(here, **as_(district.reporter)).json()["most_wrong"] == 0
    foreign = client.post("/api/v1/draws", given, content_type="application/json", **as_(district.reporter))
    assert foreign.status_code == 404


def test_a_month_nobody_has_begun_is_an_empty_one(client: Client, district: District) -> None:
    month = client.get("/api/v1/returns/2026/11/hexi", **as_(district.reporter)).json()
    assert (month["submitted_at"], month["values"]) == (None, [])


def test_nothing_this_period_is_no_zero_in_the_api_either(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    url = "/api/v1/returns/2026/11/hexi/values/jobs"

    saved = client.put(url, {"is_nil": True}, content_type="application/json", **as_(district.reporter)).json()
    assert (saved["amount"], saved["is_nil"], saved["no_data"]) == (None, True, "")


def test_a_letter_is_issued_and_signed(client: Client, district: District) -> None:
    basis = letters.add_basis(
        title="清单", number="1号", dated_on=date(2026, 1, 5), approver="区委", by=district.supervisor
    )
    head = orgs.register_person(login="h", name="h", password=None, by=None)
    orgs.appoint(head, district.hexi, "head", from_on=date(2020, 1, 1), by=None)
    letter = letters.draft(district.year, district.hexi, basis=basis, by=district.supervisor)
    here = f"/api/v1/letters/{letter.pk}"

    assert client.post(f"{here}/issue", **as_(district.supervisor)).json()["state"] == "issued"
    assert client.post(f"{here}/sign", **as_(district.supervisor)).status_code == 403
    assert client.post(f"{here}/sign", **as_(head)).json()["state"] == "half_signed"
    assert client.post(f"{here}/sign", **as_(district.leader)).json()["state"] == "in_force"
