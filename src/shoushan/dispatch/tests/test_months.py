"""From a goal to one unit's months: the figure, who says so, who verified it, its file, and the sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.dispatch.queries import unit_months
from shoushan.evidence import actions as evidence
from shoushan.ledger import kept
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    return make_district()


def page(client: Client, district: District, code: str = "hexi") -> str:
    return client.get(f"/goals/{district.goal.pk}/{code}/").content.decode()


def test_a_months_page_leads_to_the_file_the_verifier_and_the_sentence(client: Client, district: District) -> None:
    value = district.submit("1500")
    file = evidence.add(value, b"a,b", "roster.csv", by=district.reporter)
    client.force_login(district.leader, BACKEND)
    assert "1,500" in page(client, district)

    district.verify("1500")
    shown = page(client, district)

    assert f"/evidence/{file.pk}/file/" in shown
    assert "verifier" in shown
    assert "全年新增就业3200人。" in shown
    assert value.get_absolute_url() in shown


def test_reported_and_verified_are_told_apart(district: District) -> None:
    district.submit("1500")
    share = district.goal.shares.get(unit=district.hexi)

    months = unit_months(share, district.head if False else share.goal.document.added_by, on=date(2026, 12, 3))

    assert months is not None
    november = months.rows[10]
    assert (november.reported, november.verified, november.to_date) == (Decimal(1500), None, Decimal(1500))


def test_a_unit_sees_its_own_months_only(client: Client, district: District) -> None:
    client.force_login(district.foreigner, BACKEND)

    assert client.get(f"/goals/{district.goal.pk}/hexi/").status_code == 404
    assert client.get(f"/goals/{district.goal.pk}/hedong/").status_code == 200


def test_a_goal_without_an_indicator_says_that_nothing_is_counted(client: Client, district: District) -> None:
    text = "3月中旬举办投资恳谈会。"
    document = plans.add_document(district.year, title="任务", text=text, delivered_on=None, by=district.supervisor)
    passage = plans.add_passage(document, 0, 11, kind="task", by=district.supervisor)
    terms = plans.GoalTerms(kind="task", title="恳谈会", value=Decimal(1), measure="次")
    goal = plans.confirm(passage, terms, by=district.supervisor)
    plans.divide(goal, [district.hexi], method="same", by=district.supervisor)
    client.force_login(district.leader, BACKEND)

    assert "没有可计的数" in client.get(f"/goals/{goal.pk}/hexi/").content.decode()


def test_more_months_ask_no_more(client: Client, district: District) -> None:
    client.force_login(district.leader, BACKEND)
    url = f"/goals/{district.goal.pk}/hexi/"
    value = district.submit("1500")
    evidence.add(value, b"a", "a.csv", by=district.reporter)
    client.get(url)
    kept.forget()
    with CaptureQueriesContext(connection) as once:
        client.get(url)
    for name in ("b", "c", "d"):
        evidence.add(value, name.encode(), f"{name}.csv", by=district.reporter)
    with CaptureQueriesContext(connection) as more:
        client.get(url)

    assert len(more) == len(once)
