"""What is special about key projects: the checked identity, three sums kept apart, a fixed number of questions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shoushan.core.errors import Refusal
from shoushan.lines.projects.line import milestones, months, projects
from shoushan.lines.projects.models import Project
from shoushan.lines.projects.queries import curve, expected_end, gantt, identity, spots
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)
PAGES = ("/projects/gantt/", "/projects/curve/", "/projects/map/")


@pytest.fixture
def office() -> Office:
    return make_office(projects)


def make_project(office: Office, **given: Any) -> Any:
    return make_record(projects, office, **{"starts_on": "2026-02", "ends_on": "2026-12", **given})


def test_the_counts_are_checked_against_each_other(office: Office) -> None:
    for number in range(3):
        make_project(office, name=f"p{number}", kind="new" if number else "continued", sector="industry")
    whole = identity(office.officer)

    make_project(office, name="open", kind="new")

    assert whole.holds
    assert [count for _label, count in whole.by_kind] == [2, 1]
    assert not identity(office.officer).holds
    assert identity(office.officer).without_sector == 1


def test_a_project_does_not_end_before_it_starts(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        make_project(office, starts_on="2026-06", ends_on="2026-03")

    assert refused.value.code == "projects.day_order"


def test_a_month_is_told_once_and_the_three_sums_stay_apart(office: Office) -> None:
    project = make_project(office)
    told = {"project": project, "month_on": date(2026, 3, 31), "planned_yuan": 9, "reported_yuan": 6, "paid_yuan": 4}
    make_record(months, office, **told)

    with pytest.raises(Refusal, match="in the register already"):
        make_record(months, office, name="again", **told)
    found = curve(office.officer, 2026)

    assert (found.planned[11], found.reported[11], found.paid[11]) == (9, 6, 4)
    assert found.planned[1] == 0
    assert curve(office.officer, 2026, project.pk + 1).planned[11] == 0


def test_works_start_with_their_permit_and_the_gantt_shows_plan_and_fact(office: Office) -> None:
    project = make_project(office, done_share=Decimal("0.5"))
    project = advance(projects, project, office, on=date(2026, 3, 1), approval="filing", approval_number="1")
    gaps = [gap.field for gap in actions.missing(projects, project, "started")]
    advance(projects, project, office, on=date(2026, 4, 1), permit="2")
    make_record(milestones, office, project=project, baseline_on=date(2026, 5, 1), planned_on=date(2026, 6, 1))

    found = gantt(office.officer, TODAY)

    assert "permit" in gaps
    assert found is not None
    assert found.bars[0].plan is not None
    assert found.bars[0].actual is not None
    assert [done for _at, _name, done in found.bars[0].marks] == [False]


@pytest.mark.parametrize(
    ("share", "started", "ended", "expected"),
    [
        (Decimal("0.5"), date(2026, 12, 1), None, date(2026, 12, 5)),
        (Decimal("0.01"), date(2026, 12, 1), None, None),
        (None, date(2026, 12, 1), None, None),
        (Decimal("0.5"), None, None, None),
        (Decimal(1), date(2026, 1, 1), date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_the_expected_end_is_a_plain_rule(
    share: Decimal | None, started: date | None, ended: date | None, expected: date | None
) -> None:
    project = Project()
    project.done_share = share

    assert expected_end(project, started, ended, TODAY) == expected


def test_pages_ask_no_more_as_projects_grow_and_show_nothing_of_other_units(office: Office, client: Client) -> None:
    client.force_login(office.officer, BACKEND)

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    place = {"latitude": Decimal("30.1"), "longitude": Decimal("120.2")}
    make_project(office, name="only", **place)
    few = [asked(page) for page in PAGES]
    for number in range(12):
        make_project(office, name=f"p{number}", **place)

    assert [asked(page) for page in PAGES] == few
    assert len(spots(office.officer)) == 13
    client.force_login(office.stranger, BACKEND)
    assert all("only" not in client.get(page).content.decode() for page in PAGES)
