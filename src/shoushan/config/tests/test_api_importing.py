"""A workbook through the API: looked at, asked about, mapped, entered; another office enters nothing."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from shoushan.lines.investment.line import deals
from shoushan.lines.investment.models import Deal
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import make_unit
from shoushan.registers.testing import Office, make_office

pytestmark = pytest.mark.django_db
HEAD = ("项目名称", "投资方", "责任单位", "协议额", "签约时间")


@pytest.fixture(autouse=True)
def in_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def office() -> Office:
    office = make_office(deals)
    make_unit("chengbei", Unit.objects.get(code="d"), "城北街道")
    return office


def book(*rows: tuple[Any, ...]) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def send(client: Client, person: Person, data: bytes, *, commit: bool = False, **more: Any) -> tuple[int, Any]:
    _, secret = orgs.issue_token(person, label="x", by=person)
    given = {"file": SimpleUploadedFile("x.xlsx", data)} | {name: json.dumps(told) for name, told in more.items()}
    answer = client.post(
        f"/api/v1/lines/investment/import?commit={str(commit).lower()}", given,
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip
    return answer.status_code, answer.json()


def test_a_workbook_is_looked_at_asked_about_and_entered_once(office: Office, client: Client) -> None:
    data = book(HEAD, ("甲", "A", "城北街道", 3000, "2026.3.5"), ("乙", "B", "没有", "1亿", "2026.3.5"))

    _, looked = send(client, office.officer, data)
    (question,) = looked["questions"]
    answers = {question["id"]: {"cells": question["choices"][1]["cells"]}}
    before = Deal.objects.count()
    _, done = send(client, office.officer, data, commit=True, answers=answers)
    _, again = send(client, office.officer, data, commit=True, answers=answers)

    assert (looked["committed"], looked["created"], before) == (False, 1, 0)
    assert (question["code"], question["rows"]) == ("money_unit", [2])
    assert [bad["cell"] for bad in looked["refused"]] == ["C3"]
    assert (done["created"], done["questions"]) == (1, [])
    assert (again["created"], again["changed"], again["same"]) == (0, 0, 1)
    assert Deal.objects.get().agreed_yuan == 30_000_000


def test_a_column_that_cannot_be_known_is_named_in_the_layout(office: Office, client: Client) -> None:
    data = book(("落户叫什么", *HEAD[1:]), ("甲", "A", "城北街道", "3000万元", "2026.3.5"))

    _, looked = send(client, office.officer, data)
    layout = looked["layout"]
    layout["sheets"][0]["columns"][0]["field"] = "project"
    _, done = send(client, office.officer, data, commit=True, layout=layout)

    assert "项目名称" in looked["unread"]
    assert (looked["created"], done["created"], done["unread"]) == (0, 1, "")


def test_whoever_does_not_keep_the_line_enters_nothing(office: Office, client: Client) -> None:
    data = book(HEAD, ("甲", "A", "城北街道", "3000万元", "2026.3.5"))

    status, told = send(client, office.stranger, data, commit=True)
    odd = send(client, office.officer, data, answers=["x"])

    assert (status, told["code"]) == (403, "access.role")
    assert (odd[0], odd[1]["code"]) == (409, "api.input")
    assert not Deal.objects.exists()
