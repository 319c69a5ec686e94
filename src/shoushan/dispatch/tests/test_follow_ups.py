"""A follow-up is reported by who does it, closed on evidence by another, extended before its day, and never lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.core.errors import Refusal
from shoushan.core.testing import code_of
from shoushan.dispatch.actions import follow_ups as actions
from shoushan.dispatch.escalation import rung
from shoushan.dispatch.models import Alarm, FollowUp
from shoushan.dispatch.queries import follow_ups as queries
from shoushan.dispatch.queries.follow_ups import owed, waiting_for
from shoushan.dispatch.testing import at, make_follow_up
from shoushan.evidence import actions as evidence
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Post
from shoushan.orgs.testing import BACKEND, make_person
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 3)


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = TODAY
    return make_district()


def reported(district: District, **given: object) -> FollowUp:
    made = make_follow_up(district, **given)
    evidence.add(made, b"a,b", "list.csv", by=district.reporter)
    return actions.report(made, "办完了", at=at(11, 19), by=district.reporter)


def test_from_order_to_closing_every_step_is_an_event(district: District) -> None:
    closed = actions.close(reported(district), at=at(11, 20), by=district.supervisor)

    assert (closed.state, closed.closed_by) == ("closed", district.supervisor)


def test_the_doer_cannot_close(district: District) -> None:
    made = make_follow_up(district)
    evidence.add(made, b"a,b", "list.csv", by=district.supervisor)
    by_office = actions.report(made, "办完了", at=at(11, 19), by=district.supervisor)

    assert code_of(actions.close, by_office, at=at(11, 20), by=district.supervisor) == "stage.same_person"
    assert FollowUp.objects.get().state == "reported"


def test_nothing_is_closed_without_evidence(district: District) -> None:
    told = actions.report(make_follow_up(district), "办完了", at=at(11, 19), by=district.reporter)

    with pytest.raises(Refusal) as refused:
        actions.close(told, at=at(11, 20), by=district.supervisor)

    assert (refused.value.code, refused.value.params) == ("follow_up.evidence", {"how": "清单一份"})
    assert FollowUp.objects.get().state == "reported"


def test_sent_back_it_is_under_way_again_and_says_why(district: District) -> None:
    back = actions.send_back(reported(district), reason="缺两条路", by=district.supervisor)

    assert (back.state, back.reason) == ("open", "缺两条路")
    assert code_of(actions.send_back, reported(district), reason=" ", by=district.supervisor) == "verification.reason"


def test_more_time_is_asked_before_the_day_and_another_grants_it(district: District) -> None:
    made = make_follow_up(district)
    asked = actions.ask_extension(
        made, until=date(2026, 12, 10), reason="等材料", at=at(11, 20, 23), by=district.reporter
    )

    actions.answer_extension(asked, granted=True, by=district.supervisor)

    made.refresh_from_db()
    assert (made.due_on, made.first_due_on) == (date(2026, 12, 10), date(2026, 11, 20))
    assert code_of(actions.answer_extension, asked, granted=False, by=district.supervisor) == "extension.answered"


@pytest.mark.parametrize(
    ("code", "day", "until", "reason"),
    [
        ("extension.too_late", 21, date(2026, 12, 10), "等材料"),
        ("extension.not_later", 19, date(2026, 11, 20), "等材料"),
        ("extension.reason", 19, date(2026, 12, 10), " "),
    ],
)
def test_more_time_is_refused(district: District, code: str, day: int, until: date, reason: str) -> None:
    made = make_follow_up(district)

    assert (
        code_of(actions.ask_extension, made, until=until, reason=reason, at=at(11, day), by=district.reporter) == code
    )
    assert not made.extensions.exists()


def test_an_order_says_how_it_will_be_known_and_names_a_day_to_come(district: District) -> None:
    assert code_of(make_follow_up, district, how_known=" ") == "follow_up.how_known"
    assert code_of(make_follow_up, district, due_on=date(2026, 11, 9)) == "follow_up.past_day"
    stranger = district.foreigner.posts.get()
    assert code_of(make_follow_up, district, owner=stranger) == "follow_up.owner"
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("on", "who"),
    [(date(2026, 11, 20), None), (date(2026, 11, 23), "unit"), (date(2026, 11, 25), "supervision"), (TODAY, "meeting")],
)
def test_the_ladder_is_climbed_by_working_days(on: date, who: str | None) -> None:
    reached = rung(date(2026, 11, 20), on=on)

    assert (reached.who if reached else None) == who


def test_the_last_day_and_what_waits_for_the_office_are_not_late(district: District) -> None:
    made, waiting = make_follow_up(district), reported(district)

    assert not made.is_overdue(on=date(2026, 11, 20))
    assert made.is_overdue(on=date(2026, 11, 21))
    assert not waiting.is_overdue(on=TODAY)


def test_whoever_left_is_followed_in_the_post_or_the_unit_owes_it(district: District) -> None:
    post = district.reporter.posts.get()
    made = make_follow_up(district, owner=post)
    Post.objects.filter(pk=post.pk).update(to_on=date(2026, 11, 30))

    made = FollowUp.objects.select_related("owner__person").get(pk=made.pk)
    vacant = owed([made], on=TODAY)[0]
    successor = make_person(district.hexi, Post.Role.REPORTER, login="successor")
    taken = owed([made], on=TODAY)[0]

    assert (vacant.has_left, vacant.owner) == (True, None)
    assert taken.owner is not None
    assert taken.owner.person == successor


def test_it_waits_for_whom_it_should(district: District) -> None:
    made = make_follow_up(district)
    assert [task.url for task in waiting_for(district.reporter, TODAY)] == [made.get_absolute_url()]
    assert list(waiting_for(district.foreigner, TODAY)) == []

    actions.report(made, "办完了", at=at(11, 19), by=district.reporter)

    assert [task.url for task in waiting_for(district.supervisor, TODAY)] == [made.get_absolute_url()]
    assert [task.urgency for task in waiting_for(district.reporter, TODAY)] == ["wait"]


def test_through_the_pages_from_the_goal_to_closing(client: Client, district: District) -> None:
    client.force_login(district.supervisor, BACKEND)
    link = f"/follow-ups/new/?goal={district.goal.pk}"
    assert link in client.get(f"/goals/{district.goal.pk}/").content.decode()
    given = {"what": "列清单", "unit": district.hexi.pk, "due_on": "2026-12-20", "how_known": "清单"}
    assert client.post(link, {**given, "how_known": ""}).status_code == 200
    address = client.post(link, given).headers["Location"]

    client.force_login(district.foreigner, BACKEND)
    assert client.get(address).status_code == 404
    client.force_login(district.reporter, BACKEND)
    assert client.post(f"{address}decide/", {"decision": "closed"}).status_code == 403
    file = {"report": "办完了", "file": _file()}
    assert client.post(f"{address}report/", file).status_code == 302

    client.force_login(district.supervisor, BACKEND)
    client.post(f"{address}decide/", {"decision": "closed"})
    assert FollowUp.objects.get().state == "closed"
    assert "办完了" in client.get(address).content.decode()


def _file() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("list.csv", b"a,b")


def test_the_list_asks_the_same_questions_however_long(client: Client, district: District) -> None:
    client.force_login(district.supervisor, BACKEND)
    make_follow_up(district, owner=district.reporter.posts.get())
    client.get("/follow-ups/")
    with CaptureQueriesContext(connection) as few:
        client.get("/follow-ups/")
    for number in range(20):
        make_follow_up(district, what=f"第{number}件", owner=district.reporter.posts.get())
    client.get("/follow-ups/")
    with CaptureQueriesContext(connection) as many:
        shown = client.get("/follow-ups/?state=open").content.decode()

    assert "第19件" in shown
    assert len(many) <= len(few)


def test_the_owner_is_named_by_role_and_is_whoever_holds_it(district: District) -> None:
    made = make_follow_up(district, role="reporter")

    assert made.owner is not None
    assert made.owner.person == district.reporter
    assert code_of(make_follow_up, district, role="officer") == "follow_up.vacant"


def test_a_warning_s_order_knows_its_unit_and_goal_and_where_it_came_from(client: Client, district: District) -> None:
    alarm = Alarm.objects.create(
        year=district.year, cause="c", unit=district.hexi, goal=district.goal, rule="progress.behind",
        rule_since=date(2026, 1, 1), light="red", month=11, lit_on=date(2026, 11, 20),
    )  # fmt: skip
    client.force_login(district.supervisor, BACKEND)
    address = f"/follow-ups/new/?alarm={alarm.pk}"
    assert f'<option value="{district.hexi.pk}" selected>' in client.get(address).content.decode()

    given = {"what": "查清", "unit": district.hexi.pk, "due_on": "2026-12-20", "how_known": "清单", "role": "reporter"}
    client.post(address, given)

    made = FollowUp.objects.get()
    assert (made.alarm, made.goal, made.origin) == (alarm, district.goal, "warning")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["迟的", "按时的"]),
        ({"state": "overdue"}, ["迟的"]),
        ({"state": "closed"}, []),
        ({"from": "goal"}, ["按时的"]),
        ({"from": "hand"}, ["迟的"]),
        ({"unit": "hedong"}, []),
        ({"state": "no such", "from": "'"}, ["迟的", "按时的"]),
    ],
)
def test_who_owes_what_is_chosen_in_the_address(district: District, asked: dict[str, str], expected: list[str]) -> None:
    make_follow_up(district, what="迟的", due_on=date(2026, 11, 20))
    make_follow_up(district, what="按时的", due_on=date(2026, 12, 20), goal=district.goal)

    wanted = queries.filters(district.supervisor, asked)

    assert [it.what for it in queries.follow_ups(district.supervisor, wanted, on=TODAY)] == expected


def test_the_ladder_reaches_the_office_by_itself_and_a_vacant_post_is_told(district: District) -> None:
    make_follow_up(district, what="刚过期", due_on=date(2026, 12, 2))
    make_follow_up(district, what="久过期", due_on=date(2026, 11, 20))

    waiting = [str(task.title) for task in queries.waiting_for(district.supervisor, TODAY)]

    assert len([title for title in waiting if "1" in title]) == 1
    assert not [title for title in waiting if "刚过期" in title]


def test_the_order_is_a_sheet_of_paper_and_its_words_are_never_markup(client: Client, district: District) -> None:
    made = make_follow_up(district, what='#panic("read as markup") $', due_on=date(2026, 12, 20))
    client.force_login(district.reporter, BACKEND)

    answer = client.get(f"/follow-ups/{made.pk}/paper/")

    assert answer.content.startswith(b"%PDF")
    client.force_login(district.foreigner, BACKEND)
    assert client.get(f"/follow-ups/{made.pk}/paper/").status_code == 404


def test_every_promised_day_stands_in_the_calendar_of_whoever_keeps_it(client: Client, district: District) -> None:
    soon = make_follow_up(district, what="列清单", due_on=date(2026, 12, 10))
    far = make_follow_up(district, what="建名册", due_on=date(2027, 2, 1))
    closed = actions.close(reported(district, what="已办的"), at=at(11, 20), by=district.supervisor)

    def calendar(person: Person) -> str:
        _, secret = orgs.issue_token(person, label="phone", only_calendar=True, by=person)
        return client.get(f"/calendar/{secret}.ics").content.decode().replace("\r\n ", "")

    own, office, others = (calendar(it) for it in (district.reporter, district.supervisor, district.foreigner))

    for follow_up, day in ((soon, "20261210"), (far, "20270201")):
        assert own.count(f"{follow_up.get_absolute_url()}\r\n") == 1
        assert f"DTSTART;VALUE=DATE:{day}" in own
    assert "河西街道：建名册" in office
    assert closed.get_absolute_url() not in own + office
    assert "/follow-ups/" not in others
