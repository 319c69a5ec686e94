"""Goals are divided so that the shares add up, and get their way through the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from shoushan.ledger import kept
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_person, make_unit
from shoushan.plans import actions
from shoushan.plans.models import Goal, Share
from shoushan.plans.testing import NEEDED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_2026(settings: Any) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def units(district: Unit) -> list[Unit]:
    return [make_unit(f"s{n}", district, f"{n}街道") for n in range(1, 6)]


@pytest.fixture
def make_goal(office: Person) -> Callable[[str], Goal]:
    def make(value: str) -> Goal:
        """Each goal in a document of its own."""
        text = f"第{Goal.objects.count()}号。今年要新增店铺{value}家。"
        year = actions.open_year(2026, by=office)
        document = actions.add_document(year, title="讲话", text=text, delivered_on=date(2026, 2, 26), by=office)
        start = text.index(value)
        passage = actions.add_passage(document, start, start + len(value), kind="target", by=office)
        terms = actions.GoalTerms(kind="target", title="新增店铺", value=Decimal(value), measure="家")
        return actions.confirm(passage, terms, by=office)

    return make


@pytest.fixture
def goal(make_goal: Callable[[str], Goal]) -> Goal:
    return make_goal("346")


def ticked(units: list[Unit], **more: str) -> dict[str, str]:
    return {**{f"chosen_{unit.pk}": "on" for unit in units}, **more}


def carried(goal: Goal) -> list[int]:
    return [int(share.value) for share in goal.shares.order_by("unit__path")]


def test_346_over_five_is_70_69_69_69_69(client: Client, goal: Goal, units: list[Unit]) -> None:
    answer = client.post(f"/goals/{goal.pk}/divide/", ticked(units, method="equally"))

    assert answer.status_code == 302
    assert carried(goal) == [70, 69, 69, 69, 69]


def test_looking_first_shows_the_parts_and_saves_nothing(client: Client, goal: Goal, units: list[Unit]) -> None:
    page = client.post(f"/goals/{goal.pk}/divide/", ticked(units, method="equally", look="1")).content.decode()

    assert page.count(">69") == 4
    assert not Share.objects.exists()


def test_343_of_346_by_hand_is_refused_since_3_are_nobodys(client: Client, goal: Goal, units: list[Unit]) -> None:
    by_hand = {f"value_{unit.pk}": value for unit, value in zip(units, ("70", "70", "70", "70", "63"), strict=True)}

    page = client.post(f"/goals/{goal.pk}/divide/", ticked(units, method="by_hand", **by_hand)).content.decode()

    assert "合计343，目标346，差3没人担" in page
    assert 'value="63"' in page
    assert not Share.objects.exists()


def test_a_weight_decides_how_much(client: Client, goal: Goal, units: list[Unit]) -> None:
    weights = {f"weight_{units[0].pk}": "3", f"weight_{units[1].pk}": "1"}

    client.post(f"/goals/{goal.pk}/divide/", ticked(units[:2], method="by_weight", **weights))

    assert sum(carried(goal)) == 346
    assert carried(goal)[0] in (259, 260)


def test_the_same_for_every_unit_leaves_no_gap(client: Client, goal: Goal, units: list[Unit]) -> None:
    client.post(f"/goals/{goal.pk}/divide/", ticked(units, method="same"))

    assert carried(goal) == [346] * 5
    assert "多出" not in client.get("/goals/").content.decode()


def test_a_figure_for_a_unit_that_is_not_ticked_is_not_lost_in_silence(
    client: Client, goal: Goal, units: list[Unit]
) -> None:
    form = ticked(units[:1], method="by_hand", **{f"value_{units[0].pk}": "346", f"value_{units[1].pk}": "5"})

    answer = client.post(f"/goals/{goal.pk}/divide/", form)

    assert answer.status_code == 200
    assert not Share.objects.exists()


def test_only_the_supervision_office_divides_and_schedules(
    client: Client, goal: Goal, units: list[Unit], district: Unit
) -> None:
    client.force_login(make_person(units[0], "reporter"), BACKEND)

    divided = client.post(f"/goals/{goal.pk}/divide/", ticked(units, method="equally"))
    scheduled = client.post(f"/goals/{goal.pk}/schedule/", {"way": "even", "until": "12"})

    assert (divided.status_code, scheduled.status_code) == (403, 403)
    assert client.get("/goals/").status_code == 200
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("form", "due"),
    [
        ({"way": "even", "until": "10"}, {3: 104, 6: 208, 9: 311, 12: 346}),
        (
            {"way": "quarterly", "month_3": "20", "month_6": "50", "month_9": "75", "month_12": "100"},
            {3: 69, 6: 173, 9: 260, 12: 346},
        ),
        ({"way": "months", "month_4": "70", "month_11": "100"}, {3: None, 6: 242, 9: 242, 12: 346}),
    ],
)
def test_a_schedule_is_even_quarterly_or_typed(
    client: Client, goal: Goal, units: list[Unit], office: Person, form: dict[str, str], due: dict[int, int | None]
) -> None:
    actions.divide(goal, units[:1], method="equally", by=office)

    answer = client.post(f"/goals/{goal.pk}/schedule/", form)

    assert answer.status_code == 302
    share = goal.shares.get()
    assert {month: share.due_by(month) for month in due} == due


@pytest.mark.parametrize(
    "form",
    [
        {"way": "quarterly", "month_3": "50", "month_6": "40", "month_9": "75", "month_12": "100"},
        {"way": "quarterly", "month_3": "50"},
        {"way": "months", "month_4": "70"},
        {"way": "months"},
        {"way": "even", "until": ""},
    ],
)
def test_a_schedule_that_falls_or_never_ends_is_refused(
    client: Client, goal: Goal, units: list[Unit], office: Person, form: dict[str, str]
) -> None:
    actions.divide(goal, units, method="equally", by=office)

    answer = client.post(f"/goals/{goal.pk}/schedule/", form)

    assert answer.status_code == 200
    assert not any(share.schedule.exists() for share in goal.shares.all())


def test_a_share_in_a_letter_stays_as_it_is(client: Client, goal: Goal, units: list[Unit], office: Person) -> None:
    actions.divide(goal, units, method="equally", by=office)
    actions.fix_share(goal.shares.first(), on=date(2026, 3, 2), by=office)  # type: ignore[arg-type]

    answer = client.post(f"/goals/{goal.pk}/divide/", ticked(units[:2], method="equally"))

    assert answer.status_code == 200
    assert carried(goal) == [70, 69, 69, 69, 69]


def test_ten_times_the_goals_ask_no_more_questions(
    client: Client,
    make_goal: Callable[[str], Goal],
    units: list[Unit],
    office: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def divided() -> None:
        actions.divide(make_goal("346"), units, method="equally", by=office)

    divided()
    client.get("/goals/")
    kept.forget()
    with CaptureQueriesContext(connection) as few:
        client.get("/goals/")
    for _ in range(9):
        divided()
    with django_assert_num_queries(len(few)):
        page = client.get("/goals/").content.decode()

    assert page.count("新增店铺") >= 10


def test_words_the_reader_missed_are_pointed_out_once(client: Client, goal: Goal) -> None:
    address = f"/documents/{goal.document.pk}/point-out/"

    added = client.post(address, {"words": "新增店铺", "kind": "task"})
    absent = client.post(address, {"words": "不在文中", "kind": "task"})

    assert (added.status_code, absent.status_code) == (302, 200)
    assert goal.document.passages.filter(why="person").count() == 2


def test_of_two_equal_stretches_the_selected_one_is_taken(client: Client, office: Person) -> None:
    text = "新建学校3所。\n改造学校3所。\n"
    year = actions.open_year(2026, by=office)
    document = actions.add_document(year, title="另一讲话", text=text, delivered_on=None, by=office)
    address = f"/documents/{document.pk}/point-out/"

    assert client.post(address, {"words": "学校3所", "kind": "target"}).status_code == 200
    assert client.post(address, {"words": "学校3所", "kind": "target", "start": "11"}).status_code == 302
    assert document.passages.get(why="person").words_start == text.rindex("学校3所")


def test_a_definition_says_what_is_counted_and_which_goals_use_it(client: Client, goal: Goal, office: Person) -> None:
    actions.define_indicator(
        by=office,
        key="trade.shops",
        label="店铺",
        definition="登记的店铺",
        measure="家",
        kind="flow",
        source="reported",
        **NEEDED,
    )

    assert "登记的店铺" in client.get("/indicators/trade.shops/").content.decode()
    assert "店铺" in client.get("/indicators/").content.decode()
    assert client.get("/indicators/none/").status_code == 404
