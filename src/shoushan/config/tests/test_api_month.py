"""The API of a month: warnings, the meeting, follow-ups, exceptions and corrections, for the people of the pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.config.testing import Call
from shoushan.dispatch import actions as dispatch
from shoushan.dispatch.actions import follow_ups, meetings
from shoushan.dispatch.models import Alarm, FollowUp
from shoushan.dispatch.testing import at, make_follow_up, make_meeting
from shoushan.evidence import actions as evidence
from shoushan.lines.petitions.line import line as petitions
from shoushan.lines.petitions.testing import make_matter
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Post
from shoushan.orgs.testing import make_person
from shoushan.plans import actions as plans
from shoushan.registers.testing import make_office
from shoushan.returns import actions as returns
from shoushan.returns.models import Value
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db
API = "/api/v1"
NIGHT = datetime(2026, 12, 9, 20, tzinfo=UTC)  # November locked on the eighth


@pytest.fixture(autouse=True)
def on_the_ninth(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)


@pytest.fixture
def district() -> District:
    return make_district()


def alight(district: District, unit: str = "hexi", **given: Any) -> Alarm:
    """Half a unit's year is missing since November."""
    params = {"done": {"amount": "1234.5", "measure": "person"}, "day": "2026-11-30"}
    said = {
        "rule": "progress.behind", "since": "2026-01-01", "light": "red", "title": "新增就业",
        "sentence": "%(done)s / %(day)s", "params": params, "url": "",
    }  # fmt: skip
    told: dict[str, Any] = {
        "cause": f"c {unit}", "rule": "progress.behind", "rule_since": date(2026, 1, 1), "light": "red", "month": 11,
        "months": {"10": "yellow", "11": "red"}, "said": [said], "lit_on": date(2026, 12, 1), **given,
    }  # fmt: skip
    return Alarm.objects.create(year=district.year, unit=getattr(district, unit), **told)


def test_a_warning_says_why_and_a_foreign_one_is_absent(call: Call, district: District) -> None:
    own, foreign = alight(district), alight(district, "hedong")

    _, listed = call(district.reporter, "get", f"{API}/warnings")
    _, told = call(district.reporter, "get", f"{API}/warnings/{own.pk}")

    assert [each["id"] for each in listed] == [own.pk]
    assert told["says"][0]["figures"]["done"] == {"amount": "1234.5", "measure": "person"}
    assert "1,234.5" in told["says"][0]["sentence"]
    assert (told["unit"], told["light"], told["months"]) == ("hexi", "red", {"10": "yellow", "11": "red"})
    assert call(district.reporter, "get", f"{API}/warnings/{foreign.pk}")[0] == 404
    assert call(district.supervisor, "get", f"{API}/warnings/{foreign.pk}")[0] == 200


def test_warnings_are_filtered_as_on_the_page_and_read_on_from_the_last_one(call: Call, district: District) -> None:
    first, second = alight(district), alight(district, "hedong")
    alight(district, "root", ended_on=date(2026, 12, 2), ended_month=11)

    def ids(query: str) -> list[int]:
        return [each["id"] for each in call(district.supervisor, "get", f"{API}/warnings{query}")[1]]

    assert ids("") == [first.pk, second.pk]
    assert ids("?unit=hedong") == [second.pk]
    assert ids(f"?after={first.pk}") == [second.pk]
    assert len(ids("?state=all")) == 3


def test_nobody_switches_a_warning_off(call: Call, district: District) -> None:
    address = f"{API}/warnings/{alight(district).pk}"
    assert {call(district.supervisor, how, address, {})[0] for how in ("post", "put", "patch", "delete")} == {405}


def test_a_meeting_gives_its_agenda_with_the_statements_that_the_caller_may_see(call: Call, district: District) -> None:
    _, (item,) = make_meeting(district)
    say = f"{API}/meetings/items/{item.pk}/statements/hexi"

    status, said = call(district.reporter, "put", say, {"text": "缺两户的材料"})
    stale = call(district.reporter, "put", say, {"text": "材料齐了", "version": said["version"] + 1})
    again = call(district.reporter, "put", say, {"text": "材料齐了", "version": said["version"]})
    foreign = call(district.foreigner, "put", say, {"text": "冒名"})
    by_office = call(district.supervisor, "put", say, {"text": "冒名"})

    assert (status, said["unit"], said["by"]) == (200, "hexi", district.reporter.name)
    assert (stale[0], stale[1]["code"], again[0]) == (409, "form.stale", 200)
    assert (foreign[0], by_office[0]) == (404, 403)
    _, own = call(district.reporter, "get", f"{API}/meetings/2026/12")
    _, others = call(district.foreigner, "get", f"{API}/meetings/2026/12")
    assert [each["text"] for each in own["agenda"][0]["statements"]] == ["材料齐了"]
    assert [each["statements"] for each in others["agenda"]] == [[]]
    assert (own["month"], own["state"], own["agenda"][0]["rule"]) == ("2026-12", "fixed", "by_hand")
    assert call(district.reporter, "get", f"{API}/meetings/2026/3")[0] == 404


def test_an_item_names_its_decisions_and_the_light_of_its_goal(call: Call, district: District) -> None:
    proposed = [meetings.Proposed("就业", "red", district.goal, district.hexi)]
    made = meetings.prepare(district.year, 12, held_on=date(2026, 12, 10), proposed=proposed, by=district.supervisor)
    decided = make_follow_up(district, item=made.items.get(), goal=district.goal)

    _, told = call(district.supervisor, "get", f"{API}/meetings/2026/12")

    assert told["agenda"][0]["decisions"] == [decided.pk]
    assert (told["agenda"][0]["goal"], told["agenda"][0]["light"]) == (district.goal.pk, "not_due")


def report(client: Client, district: District, owed: FollowUp) -> int:
    """Reported with a file, as a form."""
    _, secret = orgs.issue_token(district.reporter, label="form", by=district.reporter)
    given = {"report": "清单已列", "file": SimpleUploadedFile("list.csv", b"a,b")}
    address = f"{API}/follow-ups/{owed.pk}/report"
    return client.post(address, given, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_follow_up_is_reported_with_evidence_and_closed_by_the_supervision_office(
    client: Client, call: Call, district: District
) -> None:
    owed = make_follow_up(district)
    here = f"{API}/follow-ups/{owed.pk}"

    assert report(client, district, owed) == 200
    own = call(district.reporter, "post", f"{here}/decision", {"decision": "closed"})
    back = call(district.supervisor, "post", f"{here}/decision", {"decision": "returned", "reason": "缺一页"})
    assert report(client, district, owed) == 200
    closed = call(district.supervisor, "post", f"{here}/decision", {"decision": "closed"})

    assert (own[0], own[1]["code"]) == (403, "access.role")
    assert (back[1]["state"], back[1]["reason"]) == ("open", "缺一页")
    assert (closed[0], closed[1]["state"], closed[1]["report"]) == (200, "closed", "清单已列")


def test_a_report_without_evidence_is_not_closed(call: Call, district: District) -> None:
    owed = make_follow_up(district)
    follow_ups.report(owed, "办完了", at=at(11, 19), by=district.reporter)

    status, told = call(district.supervisor, "post", f"{API}/follow-ups/{owed.pk}/decision", {"decision": "closed"})

    assert (status, told["code"]) == (409, "follow_up.evidence")


def test_more_time_is_asked_for_and_answered(call: Call, district: District) -> None:
    owed = make_follow_up(district, due_on=date(2026, 12, 12))
    here = f"{API}/follow-ups/{owed.pk}"

    _, asked = call(district.reporter, "post", f"{here}/extensions", {"until": "2026-12-20", "reason": "等材料"})
    answer = f"{here}/extensions/{asked['extensions'][0]['id']}/decision"
    own = call(district.reporter, "post", answer, {"decision": "granted"})
    _, granted = call(district.supervisor, "post", answer, {"decision": "granted"})
    again = call(district.supervisor, "post", answer, {"decision": "granted"})

    assert (asked["extensions"][0]["state"], asked["due_on"]) == ("asked", "2026-12-12")
    assert own[0] == 403
    assert (granted["due_on"], granted["first_due_on"]) == ("2026-12-20", "2026-12-12")
    assert (again[0], again[1]["code"]) == (409, "extension.answered")


def test_a_foreign_follow_up_is_absent(call: Call, district: District) -> None:
    owed = make_follow_up(district, due_on=date(2026, 12, 12))
    here = f"{API}/follow-ups/{owed.pk}"
    sent = {"until": "2026-12-20", "reason": "x"}

    assert call(district.foreigner, "get", f"{API}/follow-ups") == (200, [])
    assert call(district.foreigner, "get", here)[0] == 404
    assert call(district.foreigner, "post", f"{here}/extensions", sent)[0] == 404
    assert call(district.leader, "post", f"{here}/extensions", sent)[0] == 403
    assert call(district.verifier, "post", f"{here}/decision", {"decision": "closed"})[0] == 403


def test_follow_ups_are_filtered_as_on_the_page(call: Call, district: District) -> None:
    late = make_follow_up(district)
    from_goal = make_follow_up(district, goal=district.goal, due_on=date(2026, 12, 20), role="reporter")

    def ids(query: str) -> list[int]:
        return [each["id"] for each in call(district.reporter, "get", f"{API}/follow-ups{query}")[1]]

    assert ids("") == [late.pk, from_goal.pk]
    assert ids("?state=overdue") == [late.pk]
    assert ids("?from=goal") == [from_goal.pk]
    _, told = call(district.reporter, "get", f"{API}/follow-ups/{from_goal.pk}")
    assert (told["owner"], told["origin"], told["is_overdue"]) == ("reporter", "goal", False)


def test_an_exception_is_asked_for_by_the_unit_and_granted_by_the_office(call: Call, district: District) -> None:
    given = {"year": 2026, "month": 11, "unit": "hexi", "until": "2026-12-11T18:00:00+08:00", "reason": "停电"}

    foreign = call(district.foreigner, "post", f"{API}/exceptions", given)
    without_zone = call(district.reporter, "post", f"{API}/exceptions", {**given, "until": "2026-12-11T18:00:00"})
    _, asked = call(district.reporter, "post", f"{API}/exceptions", given)
    here = f"{API}/exceptions/{asked['id']}/decision"
    own = call(district.reporter, "post", here, {"decision": "granted"})
    status, granted = call(district.supervisor, "post", here, {"decision": "granted"})

    assert (foreign[0], without_zone[0], own[0]) == (404, 422, 403)
    assert (asked["state"], asked["open_until"]) == ("asked", None)
    assert (status, granted["state"]) == (200, "agreed")
    assert datetime.fromisoformat(granted["open_until"]) == datetime(2026, 12, 11, 10, tzinfo=UTC)
    assert call(district.foreigner, "get", f"{API}/exceptions") == (200, [])
    assert [each["id"] for each in call(district.reporter, "get", f"{API}/exceptions?state=agreed")[1]] == [asked["id"]]
    assert call(district.reporter, "get", f"{API}/exceptions?state=asked") == (200, [])


def test_an_exception_is_declined_with_a_reason(call: Call, district: District) -> None:
    asked = returns.ask_exception(
        district.period, district.hexi, until=NIGHT.replace(day=11), reason="停电", at=NIGHT, by=district.reporter
    )
    here = f"{API}/exceptions/{asked.pk}/decision"

    silent = call(district.supervisor, "post", here, {"decision": "declined"})
    _, told = call(district.supervisor, "post", here, {"decision": "declined", "answer": "已提前通知"})

    assert (silent[0], silent[1]["code"]) == (409, "request.answer")
    assert (told["state"], told["answer"], told["open_until"]) == ("declined", "已提前通知", None)


def test_a_correction_keeps_both_figures_as_decimal_strings(call: Call, district: District) -> None:
    value = district.verify("1600")
    here = f"{API}/values/{value.pk}/corrections"
    given = {"amount": "1500.0", "reason": "重复统计"}

    foreign = call(district.foreigner, "post", here, given)
    by_leader = call(district.leader, "post", here, given)
    _, asked = call(district.reporter, "post", here, given)
    decide = f"{API}/corrections/{asked['id']}/decision"
    own = call(district.reporter, "post", decide, {"decision": "agreed"})
    _, agreed = call(district.supervisor, "post", decide, {"decision": "agreed"})
    again = call(district.supervisor, "post", decide, {"decision": "agreed"})

    assert (foreign[0], by_leader[0], own[0]) == (404, 403, 403)
    assert agreed["before"] == {
        "amount": "1600",
        "numerator": None,
        "denominator": None,
        "is_nil": False,
        "no_data": "",
    }
    assert agreed["after"] == {"amount": "1500", "numerator": None, "denominator": None, "is_nil": False, "no_data": ""}
    assert (agreed["state"], agreed["decided_by"]) == ("agreed", district.supervisor.name)
    assert (again[0], again[1]["code"]) == (409, "request.decided")
    value.refresh_from_db()
    assert value.amount == 1500
    assert call(district.foreigner, "get", f"{API}/corrections") == (200, [])
    assert [each["id"] for each in call(district.reporter, "get", f"{API}/corrections")[1]] == [asked["id"]]


def test_a_ratio_is_corrected_in_both_its_parts(call: Call, district: District) -> None:
    share = district.indicator("survival", kind="ratio", measure="percent")
    district.divided_goal(share, [district.hexi, district.hedong], 95)
    given: dict[str, Any] = {"at": OPENS, "by": district.reporter}
    returns.save_value(district.period, district.hexi, share, numerator=Decimal(90), denominator=Decimal(100), **given)
    returns.save_value(district.period, district.hexi, district.jobs, amount=Decimal(5), **given)
    returns.submit(district.period, district.hexi, **given)
    here = f"{API}/values/{Value.objects.get(indicator=share).pk}/corrections"

    half = call(district.reporter, "post", here, {"numerator": "80", "reason": "重复"})
    _, asked = call(district.reporter, "post", here, {"numerator": "80", "denominator": "100.0", "reason": "重复"})

    assert (half[0], half[1]["code"]) == (409, "value.parts")
    assert asked["before"] == {"amount": "90", "numerator": "90", "denominator": "100", "is_nil": False, "no_data": ""}
    assert asked["after"] == {"amount": "80", "numerator": "80", "denominator": "100", "is_nil": False, "no_data": ""}


def test_a_correction_is_declined_with_a_reason_and_the_figure_stays(call: Call, district: District) -> None:
    value = district.verify("1600")
    _, asked = call(
        district.reporter, "post", f"{API}/values/{value.pk}/corrections", {"amount": "1500", "reason": "重复"}
    )
    sent = {"decision": "declined", "answer": "名册是对的"}

    _, told = call(district.supervisor, "post", f"{API}/corrections/{asked['id']}/decision", sent)

    value.refresh_from_db()
    assert (told["state"], told["answer"]) == ("declined", "名册是对的")
    assert value.amount == 1600


@pytest.mark.parametrize("what", ["warnings", "follow-ups"])
def test_a_list_asks_the_same_questions_however_long(call: Call, district: District, what: str) -> None:
    def more(number: int) -> None:
        alight(district, cause=f"c{number}", goal=district.goal)
        make_follow_up(district, what=f"第{number}件", role="reporter")

    more(0)
    call(district.supervisor, "get", f"{API}/{what}")
    with CaptureQueriesContext(connection) as few:
        call(district.supervisor, "get", f"{API}/{what}")
    for number in range(1, 12):
        more(number)
    with CaptureQueriesContext(connection) as many:
        _, told = call(district.supervisor, "get", f"{API}/{what}")

    assert len(told) == 12
    assert len(many) == len(few)


def test_what_a_petition_says_never_shows(call: Call) -> None:
    """The warning of two late matters counts them, and names neither them nor their file nor a person."""
    office = make_office(petitions)
    root = office.officer.posts.get().unit
    supervisor = make_person(root, Post.Role.SUPERVISOR, login="supervisor")
    year = plans.open_year(2026, by=supervisor)
    for name in ("夜间施工噪声", "路灯不亮"):
        matter = make_matter(office, name=name)
        evidence.add(matter, b"the same letter", "欧阳望舒来信.txt", by=office.officer)
    dispatch.recompute(year, on=date(2026, 12, 9))
    alarm = Alarm.objects.get(unit=office.hexi)
    follow_ups.open_follow_up(
        follow_ups.Order("按期答复", "答复意见", office.hexi, date(2026, 12, 20), alarm=alarm),
        at=at(12, 9), by=supervisor,
    )  # fmt: skip
    meetings.prepare(year, 12, held_on=date(2026, 12, 10), proposed=[meetings.Proposed("信访", "late")], by=supervisor)

    asked = ("warnings", f"warnings/{alarm.pk}", "follow-ups", "meetings/2026/12", "exceptions", "corrections")
    shown = "".join(str(call(supervisor, "get", f"{API}/{what}")[1]) for what in asked)

    assert alarm.said[0]["params"]["count"] == 2
    for secret in ("夜间施工噪声", "路灯不亮", "欧阳", "来信"):
        assert secret not in shown
