"""The year in one look: a sentence, every goal the worst first, and no unit before another."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from pytest_django import Settings

from shoushan.dispatch.queries import year_overview
from shoushan.ledger.moment import acting
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns import actions as returns
from shoushan.returns.testing import OPENS, District, make_district
from shoushan.web import dates

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 3)


def at(day: int, hour: int) -> datetime:
    return timezone.make_aware(datetime(2026, 12, day, hour))


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


def test_a_past_day_shows_what_had_been_entered_and_verified_by_then(district: District) -> None:
    with acting(at=at(5, 5)):
        district.submit("1500")
    with acting(at=at(20, 20)):
        district.verify("1500")

    def told(day: int) -> tuple[Decimal | None, Decimal | None]:
        known = dates.end_of(date(2026, 12, day))
        row = year_overview(district.year, district.leader, on=ON, known=known).goals[0]
        return row.reported, row.verified

    assert told(4) == (None, None)
    assert told(5) == (Decimal(1500), None)
    assert told(20) == (Decimal(1500), Decimal(1500))


def test_a_past_day_has_the_schedule_and_shares_of_that_day(district: District) -> None:
    with acting(at=at(2, 9)):
        plans.set_schedule(district.goal, {11: Decimal(1), 12: Decimal(1)}, by=district.supervisor)

    now, then = (
        year_overview(district.year, district.leader, on=ON, known=known).goals[0]
        for known in (None, dates.end_of(date(2026, 12, 1)))
    )

    assert [now.due, then.due] == [Decimal(3200), Decimal(2934)]
    long_ago = dates.end_of(date(2026, 1, 1))
    assert year_overview(district.year, district.leader, on=ON, known=long_ago).goals == []


def test_the_grid_says_of_each_unit_its_worst_light_and_how_many_have_it(client: Client, district: District) -> None:
    district.submit("10")
    overview = year_overview(district.year, district.leader, on=ON)

    assert overview.lines == [""]
    assert [(row.unit.code, row.cells) for row in overview.units] == [
        ("hexi", [("red", 1)]),
        ("hedong", [("no_data", 1)]),
    ]
    client.force_login(district.leader, BACKEND)
    shown = client.get("/year/?show=wall").content.decode()
    assert '<div class="frame wall">' in shown
    assert "grid-lights" in shown
    assert 'name="on"' not in shown


def test_a_day_to_come_or_no_day_at_all_is_today(client: Client, district: District) -> None:
    client.force_login(district.leader, BACKEND)

    for asked in ("2999-01-01", "nonsense", "2026-12-03"):
        assert "终了时的情况" not in client.get(f"/year/?on={asked}").content.decode()
    assert "12月2日终了时的情况" in client.get("/year/?on=2026-12-02").content.decode()
    assert client.get("/year/?on=2020-06-30").status_code == 200


def test_the_burden_stands_on_todays_year_and_a_unit_reads_its_own(client: Client, district: District) -> None:
    district.submit("1500")
    extra = district.indicator("shops")
    district.divided_goal(extra, [district.hedong], 100)
    for indicator in (district.jobs, extra):
        returns.save_value(
            district.period, district.hedong, indicator, amount=Decimal(5), at=OPENS, by=district.foreigner
        )

    def shown(address: str) -> str:
        return client.get(address).content.decode()

    client.force_login(district.leader, BACKEND)
    # one value of hexi and two of hedong: 1.5 a return
    assert "11月：填报2份，平均每份填1.5个数；最多的单位填2个，上限20个。" in shown("/year/")
    assert "平均每份" not in shown("/year/?show=wall")
    assert "平均每份" not in shown("/year/?on=2026-12-02")
    client.force_login(district.reporter, BACKEND)
    assert "11月：填报1份，平均每份填1个数" in shown("/year/")


def test_the_year_asks_the_same_questions_however_many_returns(client: Client, district: District) -> None:
    client.force_login(district.leader, BACKEND)

    def questions() -> int:
        client.get("/year/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/year/")
        return len(asked)

    district.submit("1500")
    few = questions()
    returns.save_value(
        district.period, district.hedong, district.jobs, amount=Decimal(5), at=OPENS, by=district.foreigner
    )

    assert questions() == few
