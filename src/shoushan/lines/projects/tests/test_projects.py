"""What is special about key projects: the checked identity, three sums kept apart, a fixed number of questions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from shoushan.core.errors import Refusal
from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Place
from shoushan.ledger import kept
from shoushan.lines.projects.line import milestones, months, projects
from shoushan.lines.projects.models import ProjectMonth
from shoushan.lines.projects.queries import curve, expected_end, gantt, identity, series, spots
from shoushan.orgs.testing import BACKEND
from shoushan.registers import actions
from shoushan.registers.clocks import running_of
from shoushan.registers.measures import measure
from shoushan.registers.testing import Office, advance, make_office, make_record

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)
PAGES = ("/projects/gantt/", "/projects/curve/", "/projects/map/", "/projects/photos/")


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

    assert refused.value.code == "record.day_order"


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
    ("given", "fields"),
    [
        ({}, ["funds_document"]),
        ({"funds_document": "1", "feasibility_yuan": 100, "estimate_yuan": 110}, []),
        ({"funds_document": "1", "feasibility_yuan": 100, "estimate_yuan": 111}, ["excess_report"]),
        ({"funds_document": "1", "feasibility_yuan": 100, "estimate_yuan": 111, "excess_report": "2"}, []),
        ({"approval": "filing"}, []),
    ],
)
def test_government_money_starts_nothing_before_it_is_in_place(
    office: Office, given: dict[str, Any], fields: list[str]
) -> None:
    project = make_project(office, **{"approval": "approval", "approval_number": "1", "permit": "2", **given})

    gaps = [gap.field for gap in actions.missing(projects, project, "started")]

    assert [field for field in gaps if field != "file"] == fields


def test_a_permission_is_prolonged_thirty_working_days_before_it_ends_or_not_at_all(office: Office) -> None:
    permitted = make_project(office, name="permitted", on=date(2024, 1, 8), approval="permission", approval_number="1")
    advance(projects, permitted, office, on=date(2024, 3, 1))
    filed = make_project(office, name="filed", approval="filing", approval_number="1")
    filed = advance(projects, filed, office, on=date(2026, 3, 1))

    (limit,) = running_of(projects, permitted)
    assert (limit.due_on, running_of(projects, filed)) == (date(2026, 3, 2), [])  # 1 March 2026 is a Sunday
    # thirty working days are left after it: 13 in January, 16 in February with two made up, and 2 March
    assert limit.ask_until == date(2026, 1, 13)
    with pytest.raises(Refusal, match="had to be asked for"):
        actions.ask_longer(permitted, "start", days=300, reason="land", today=date(2026, 1, 14), by=office.officer)
    asked = actions.ask_longer(permitted, "start", days=300, reason="land", today=date(2026, 1, 13), by=office.officer)
    assert asked.days == 300


def test_what_was_first_planned_stays_once_confirmed_beside_what_is_planned_now(office: Office) -> None:
    stone = make_record(milestones, office, baseline_on=date(2026, 5, 1), planned_on=date(2026, 5, 1))
    actions.decide(stone, "planned", "accepted", by=office.verifier)
    stone = actions.edit(stone, {"planned_on": date(2026, 6, 1)}, by=office.officer)

    with pytest.raises(Refusal) as refused:
        actions.edit(stone, {"baseline_on": date(2026, 6, 1)}, by=office.officer)

    assert refused.value.code == "record.confirmed"


def test_a_month_counts_as_itself_whenever_it_is_told(office: Office) -> None:
    make_record(months, office, on=date(2026, 9, 9), month_on=date(2026, 3, 31), paid_yuan=5)
    paid = next(it for it in months.measures if it.key == "projects.paid")

    told = measure(months, paid, since=date(2026, 3, 1), until=date(2026, 3, 31))

    assert [int(it.reported) for it in told] == [5]


def test_photographs_of_the_months_stand_in_order_and_say_when_they_are_from_elsewhere(
    office: Office, client: Client
) -> None:
    project = make_project(office, name="grows")
    for month, north in ((3, "30.10000"), (4, "30.10010"), (5, "30.10200")):
        told = make_record(
            months, office, name=f"m{month}", project=project, month_on=date(2026, month, 28),
            planned_yuan=1, reported_yuan=1, paid_yuan=1,
        )  # fmt: skip
        place = Place(Decimal(north), Decimal("120.20000"))
        evidence.add(told, picture(month), f"{month}.png", proves="told", place=place, by=office.officer)

    (found,) = series(office.officer)
    client.force_login(office.officer, BACKEND)

    assert [(shot.month_on.month, shot.metres, shot.is_elsewhere) for shot in found.shots] == [
        (3, 0, False), (4, 11, False), (5, 223, True),
    ]  # fmt: skip
    assert "223" in client.get("/projects/photos/").content.decode()
    assert series(office.stranger) == []


def picture(shade: int) -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(written, "PNG")
    return written.getvalue()


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
    assert expected_end(share, started, ended, TODAY) == expected


def test_the_pace_is_of_the_whole_and_not_of_the_years_plan(office: Office) -> None:
    project = make_project(office, total_yuan=100, year_plan_yuan=30, done_share=Decimal("0.9"))
    project = advance(projects, project, office, on=date(2026, 3, 1), approval="filing", approval_number="1")
    advance(projects, project, office, on=date(2026, 12, 1), permit="2")
    make_record(months, office, project=project, month_on=date(2026, 12, 1), reported_yuan=50)

    found = gantt(office.officer, TODAY)

    assert found is not None
    assert found.bars[0].expected == date(2026, 12, 5)


def test_pages_ask_no_more_as_projects_grow_and_show_nothing_of_other_units(office: Office, client: Client) -> None:
    client.force_login(office.officer, BACKEND)
    ContentType.objects.get_for_model(ProjectMonth)  # asked for once by a process, whichever test comes first

    def asked(page: str) -> int:
        kept.forget()
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
