"""A meeting's agenda comes by rule, its decisions are follow-ups, and once confirmed its minutes stand."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.core.testing import code_of
from shoushan.dispatch.actions import meetings as actions
from shoushan.dispatch.models import AgendaItem, Alarm, FollowUp, Meeting, MinutesCorrection
from shoushan.dispatch.queries.agenda import proposed
from shoushan.dispatch.queries.meetings import items_of
from shoushan.dispatch.queries.minutes import minutes_of
from shoushan.dispatch.queries.year import year_overview
from shoushan.dispatch.testing import HELD, at, make_follow_up, make_meeting
from shoushan.ledger.moment import acting
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND
from shoushan.plans import actions as plans
from shoushan.returns import actions as returns
from shoushan.returns.models import Value
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = TODAY
    made = make_district()
    plans.set_schedule(made.goal, {month: Decimal(month) / 12 for month in range(1, 13)}, by=made.supervisor)
    return made


def agenda(district: District) -> list[tuple[str, str]]:
    return [(it.title, str(it.rule)) for it in proposed(district.year, district.supervisor, held_on=HELD, on=TODAY)]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("100", [("新增就业", "red")]), ("3200", []), ("2900", [])],  # slow for the first month only: not yet
)
def test_lights_put_a_goal_on_the_agenda(district: District, amount: str, expected: list[tuple[str, str]]) -> None:
    district.submit(amount)

    assert agenda(district) == expected


def test_a_follow_up_past_its_day_comes_and_one_in_time_does_not(district: District) -> None:
    district.submit("3200")
    make_follow_up(district, what="迟了的", due_on=date(2026, 12, 7))
    make_follow_up(district, what="当天到期的", due_on=date(2026, 12, 8))
    make_follow_up(district, what="没到期的", due_on=date(2026, 12, 9))

    assert agenda(district) == [("迟了的", "overdue"), ("当天到期的", "owed")]


def test_a_goal_whose_schedule_was_changed_comes_and_one_just_made_does_not(district: District) -> None:
    district.submit("3200")
    assert agenda(district) == []

    plans.set_schedule(district.goal, {12: Decimal(1)}, by=district.supervisor)

    assert agenda(district) == [("新增就业", "moved")]


def alight(district: District, unit: Unit, light: str = "red", ended_on: date | None = None) -> Alarm:
    """Projects of a unit past their limits since November."""
    said = [{"rule": "stage.late", "since": "2026-01-01", "light": light, "title": "milestones"}]
    ended = {"ended_on": ended_on, "ended_month": 11} if ended_on else {}
    return Alarm.objects.create(
        year=district.year, cause=f"late {unit.code}", unit=unit, rule="stage.late", rule_since=date(2026, 1, 1),
        light=light, month=11, months={"11": light}, said=said, lit_on=date(2026, 11, 20), **ended,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "comes"),
    [
        ({"light": "red"}, True),
        ({"light": "yellow"}, False),  # not far enough past its limit
        ({"light": "red", "ended_on": date(2026, 12, 1)}, False),  # caught up meanwhile
    ],
)
def test_a_register_comes_when_it_is_late_in_several_units(
    district: District, other: dict[str, Any], comes: bool
) -> None:
    district.submit("3200")
    alight(district, district.hexi)
    alight(district, district.root)
    assert agenda(district) == []

    alight(district, district.hedong, **other)

    assert [rule for _, rule in agenda(district)] == (["late"] if comes else [])


def test_the_office_orders_the_agenda_until_it_is_fixed(district: District) -> None:
    items = [actions.Proposed(title, AgendaItem.Rule.BY_HAND) for title in ("甲", "乙", "丙")]
    meeting = actions.prepare(district.year, 12, held_on=HELD, proposed=items, by=district.supervisor)
    first, second, last = meeting.items.all()

    actions.move_item(last, up=True, by=district.supervisor)
    actions.move_item(first, up=True, by=district.supervisor)

    assert [item.title for item in meeting.items.all()] == ["甲", "丙", "乙"]
    actions.fix(meeting, by=district.supervisor)
    assert code_of(actions.move_item, second, up=True, by=district.supervisor) == "meeting.state"


def test_what_contains_all_that_stands_there_is_taken_from_any_version(district: District) -> None:
    _, (item,) = make_meeting(district)
    actions.note(item, "甲写的", version=1, by=district.supervisor)

    added = actions.note(item, "甲写的\n又写的", version=1, by=district.supervisor)

    assert added.discussion == "甲写的\n又写的"
    assert code_of(actions.note, item, "别的", version=1, by=district.supervisor) == "form.stale"


def test_confirmed_minutes_are_corrected_by_a_later_version_that_the_chair_confirms(district: District) -> None:
    meeting, (item,) = make_meeting(district)
    actions.note(item, "先写的", version=1, by=district.supervisor)

    def correct(text: str = "该写的", reason: str = "漏了") -> MinutesCorrection:
        return actions.correct_minutes(item, text, reason=reason, at=at(12, 9), by=district.supervisor)

    assert code_of(correct) == "minutes.open"
    actions.confirm_minutes(meeting, at=at(12, 8), by=district.leader)
    assert code_of(correct, reason=" ") == "minutes.empty"

    made = correct()
    assert code_of(correct) == "minutes.waits"
    assert not said_in(meeting, district, "该写的")
    assert code_of(actions.confirm_correction, made, at=at(12, 9), by=district.supervisor) == "stage.same_person"
    actions.confirm_correction(made, at=at(12, 9), by=district.leader)

    assert said_in(meeting, district, "该写的")
    assert said_in(meeting, district, "先写的")
    assert code_of(actions.confirm_correction, made, at=at(12, 9), by=district.leader) == "minutes.confirmed"


def said_in(meeting: Meeting, district: District, words: str) -> bool:
    """Whether the minutes say it."""
    meeting.refresh_from_db()
    printed = minutes_of(meeting, district.supervisor, on=TODAY)
    return any(words in paragraph for part in printed.parts for paragraph in part.paragraphs)


def test_an_item_goes_for_a_reason_and_stays_in_the_record(district: District) -> None:
    meeting = actions.prepare(
        district.year,
        12,
        held_on=HELD,
        proposed=[actions.Proposed("一事", AgendaItem.Rule.RED)],
        by=district.supervisor,
    )
    item = meeting.items.get()
    assert code_of(actions.drop_item, item, reason="", by=district.supervisor) == "agenda.reason"

    dropped = actions.drop_item(item, reason="已经解决", by=district.supervisor)

    assert dropped.dropped == "已经解决"
    assert code_of(actions.fix, meeting, by=district.supervisor) == "agenda.empty"


def test_a_month_has_one_meeting(district: District) -> None:
    make_meeting(district)

    assert code_of(actions.prepare, district.year, 12, held_on=HELD, by=district.supervisor) == "meeting.one_a_month"
    assert Meeting.objects.count() == 1


def test_of_two_clerks_the_second_sees_what_the_first_wrote(client: Client, district: District) -> None:
    _, (item,) = make_meeting(district)
    client.force_login(district.supervisor, BACKEND)
    address = f"/meetings/items/{item.pk}/note/"
    client.post(address, {"discussion": "甲写的", "version": item.version})

    answer = client.post(address, {"discussion": "乙写的", "version": item.version})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "甲写的" in shown
    assert "乙写的" in shown
    item.refresh_from_db()
    assert item.discussion == "甲写的"


def test_a_decision_sent_twice_is_one_follow_up(client: Client, district: District) -> None:
    _, (item,) = make_meeting(district)
    client.force_login(district.leader, BACKEND)
    given = {"what": "列清单", "unit": district.hexi.pk, "due_on": "2026-12-20", "how_known": "清单", "once": "k1"}

    for _ in range(2):
        answer = client.post(f"/meetings/items/{item.pk}/decide/", given, headers={"accept": "application/json"})

    assert answer.json()["ok"]
    assert [it.item for it in FollowUp.objects.all()] == [item]


def test_a_unit_speaks_for_itself_and_others_do_not_read_it(client: Client, district: District) -> None:
    meeting, (item,) = make_meeting(district)
    client.force_login(district.reporter, BACKEND)
    client.post(f"/meetings/items/{item.pk}/state/hexi/", {"text": "需要协调施工许可"})
    assert "需要协调施工许可" in client.get(meeting.get_absolute_url()).content.decode()

    client.force_login(district.foreigner, BACKEND)
    assert "需要协调施工许可" not in client.get(meeting.get_absolute_url()).content.decode()
    assert client.post(f"/meetings/items/{item.pk}/state/hexi/", {"text": "替别人说"}).status_code in (403, 404)
    client.force_login(district.leader, BACKEND)
    assert "需要协调施工许可" in client.get(f"{meeting.get_absolute_url()}run/").content.decode()


def test_once_the_chair_confirms_nothing_is_decided_any_more(client: Client, district: District) -> None:
    meeting, (item,) = make_meeting(district)
    actions.confirm_minutes(meeting, at=at(12, 8), by=district.leader)

    assert code_of(make_follow_up, district, item=item) == "meeting.held"
    assert code_of(actions.state, item, district.hexi, "晚了", at=at(12, 8), by=district.reporter) == "meeting.held"
    assert Meeting.objects.get().chaired_by == district.leader


def test_the_next_meeting_begins_with_what_became_of_the_last(client: Client, district: District) -> None:
    november = actions.prepare(
        district.year, 11, held_on=date(2026, 11, 10), by=district.supervisor,
        proposed=[actions.Proposed("一事", AgendaItem.Rule.BY_HAND)],
    )  # fmt: skip
    make_follow_up(district, what="上次定的", item=november.items.get())
    december, _ = make_meeting(district)
    client.force_login(district.supervisor, BACKEND)

    for address in (december.get_absolute_url(), f"{december.get_absolute_url()}run/"):
        shown = client.get(address).content.decode()
        assert "上次定的" in shown
        assert "提交下次调度会" in shown


def test_the_pages_ask_the_same_questions_however_long_the_agenda(client: Client, district: District) -> None:
    meeting, _ = make_meeting(district, "第一事", "第二事")
    client.force_login(district.supervisor, BACKEND)

    def questions() -> int:
        client.get(f"{meeting.get_absolute_url()}run/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{meeting.get_absolute_url()}run/")
        return len(asked)

    few = questions()
    for number in range(10):
        item = actions.add_item(
            meeting,
            actions.Proposed(f"又{number}事", AgendaItem.Rule.BY_HAND, None, district.hexi),
            by=district.supervisor,
        )
        actions.state(item, district.hexi, "说明", at=at(12, 2), by=district.reporter)
        make_follow_up(district, item=item)
    assert questions() == few


def test_the_minutes_say_what_was_said_and_who_does_what_on_paper_and_in_word(
    client: Client, district: District
) -> None:
    meeting, (item,) = make_meeting(district, "道路验收")
    actions.note(item, "逐条核对了问题清单", version=item.version, by=district.supervisor)
    make_follow_up(district, item=item, what="补齐意见表", due_on=date(2026, 12, 20))
    actions.confirm_minutes(meeting, at=at(12, 8), by=district.leader)
    client.force_login(district.supervisor, BACKEND)

    word = client.get(f"{meeting.get_absolute_url()}minutes.docx").content
    told = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word)).paragraphs)

    assert "12月调度会纪要" in told
    assert (
        "1. 道路验收\n逐条核对了问题清单\n（1）补齐意见表。责任单位：河西街道；期限：12月20日；办结依据：清单一份。"
        in told
    )
    assert client.get(f"{meeting.get_absolute_url()}minutes.pdf").content.startswith(b"%PDF")
    client.force_login(district.foreigner, BACKEND)
    other = docx.Document(io.BytesIO(client.get(f"{meeting.get_absolute_url()}minutes.docx").content))
    assert "补齐意见表" not in "\n".join(paragraph.text for paragraph in other.paragraphs)


def test_a_meeting_that_was_held_keeps_the_figures_of_its_day(district: District) -> None:
    about = actions.Proposed("新增就业", AgendaItem.Rule.RED, district.goal, district.hexi)
    meeting = actions.prepare(district.year, 12, held_on=HELD, proposed=[about], by=district.supervisor)
    actions.fix(meeting, by=district.supervisor)
    with acting(at=at(12, 7)):
        district.submit("100")
    actions.confirm_minutes(meeting, at=at(12, 8), by=district.leader)
    meeting.refresh_from_db()
    with acting(at=at(12, 20)):
        returns.send_back(Value.objects.get(), reason="不符", at=at(12, 20), by=district.verifier)
        district.submit("3200")

    then = items_of(meeting, district.leader, on=date(2026, 12, 21))[0].row
    now = year_overview(district.year, district.leader, on=date(2026, 12, 21)).goals[0]

    assert then is not None
    assert (then.reported, now.reported) == (Decimal(100), Decimal(3200))
