"""The year in one look: a sentence, every goal the worst first, and no unit before another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from shoushan.dispatch.queries import year_overview
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = ON
    made = make_district()
    plans.set_schedule(made.goal, {month: Decimal(month) / 12 for month in range(1, 13)}, by=made.supervisor)
    return made


def test_the_sentence_answers_and_names_what_to_look_at_first(client: Client, district: District) -> None:
    district.submit("100")
    client.force_login(district.leader, BACKEND)

    assert "滞后1项" in client.get("/year/").content.decode()


def test_a_year_on_course_says_so(district: District) -> None:
    district.submit("3200")
    with translation.override("en"):
        assert year_overview(district.year, district.leader, on=ON).answer.startswith("Yes")


def test_what_nobody_carries_or_nothing_counts_is_grey_and_shown(district: District) -> None:
    text = "3月中旬举办投资恳谈会。"
    document = plans.add_document(district.year, title="任务", text=text, delivered_on=None, by=district.supervisor)
    passage = plans.add_passage(document, 0, 11, kind="task", by=district.supervisor)
    plans.confirm(passage, plans.GoalTerms(kind="task", title="恳谈会"), by=district.supervisor)

    rows = year_overview(district.year, district.leader, on=ON).goals

    assert [(row.goal.title, row.judged.light) for row in rows] == [("恳谈会", "grey"), ("新增就业", "no_data")]


def test_units_stand_in_tree_order_and_a_unit_sees_itself_only(district: District) -> None:
    assert [row.unit.code for row in year_overview(district.year, district.leader, on=ON).units] == ["hexi", "hedong"]
    assert [row.unit.code for row in year_overview(district.year, district.reporter, on=ON).units] == ["hexi"]


def test_what_was_reported_a_moment_ago_is_in_the_year(district: District) -> None:
    before = year_overview(district.year, district.leader, on=ON)

    district.submit("1500")

    after = year_overview(district.year, district.leader, on=ON)
    assert after.goals[0].reported == (before.goals[0].reported or 0) + 1500
