"""The API of whole registers and of limits: the pages' own actions, for the same people, refused in one shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from shoushan.config.testing import Call
from shoushan.ledger.moment import acting
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person
from shoushan.orgs.testing import make_person
from shoushan.registers import actions, lines
from shoushan.registers.lines import Clock, Line, line_named
from shoushan.registers.models import Comment, Mention, SavedView
from shoushan.registers.testing import Office, make_office, make_record

pytestmark = pytest.mark.django_db
ERRANDS = "/api/v1/lines/errands"


@pytest.fixture(autouse=True)
def on_friday(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 3, 6)


@pytest.fixture
def line() -> Iterator[Line]:
    """Errands that must be answered within five working days, at most three more."""
    kept = line_named("errands")
    clock = Clock("answer", "answer", "given", ["done"], days=5, working=True, clause="§ 5", more=3)
    limited = replace(kept, clocks=[clock], near=["name"])
    lines.register(limited)
    yield limited
    lines.register(kept)


@pytest.fixture
def office(line: Line) -> Office:
    return make_office(line)


@pytest.fixture
def errand(line: Line, office: Office) -> Any:
    """Given on Monday 2 March 2026, so due on Monday 9 March."""
    return make_record(line, office, on=date(2026, 3, 2), due_on=date(2026, 3, 9))


def test_a_limit_is_paused_runs_again_and_grows_with_approval(call: Call, office: Office, errand: Any) -> None:
    limits = f"{ERRANDS}/records/{errand.pk}/limits"
    before = call(office.officer, "get", limits)[1]

    _, paused = call(office.officer, "post", f"{limits}/answer/pause", {"on": "2026-03-04", "reason": "expert"})
    again = call(office.officer, "post", f"{limits}/answer/pause", {"on": "2026-03-04", "reason": "expert"})
    _, runs = call(office.officer, "post", f"{limits}/answer/resume", {"on": "2026-03-05"})
    _, asked = call(office.officer, "post", f"{limits}/answer/longer", {"days": 3, "reason": "two sites"})
    own = f"{ERRANDS}/records/{errand.pk}/longer/{asked[0]['longer']['id']}"
    _, mine = call(office.verifier, "post", own, {"decision": "approved"})
    refused = call(office.officer, "post", own, {"decision": "approved"})

    assert [(each["key"], each["clause"], each["due_on"]) for each in before] == [("answer", "§ 5", "2026-03-09")]
    assert (paused[0]["due_on"], paused[0]["paused"]) == (None, {"since": "2026-03-04", "reason": "expert"})
    assert (again[0], again[1]["code"]) == (409, "clock.paused")
    assert (runs[0]["due_on"], runs[0]["paused"]) == ("2026-03-11", None)
    assert (asked[0]["due_on"], asked[0]["longer"]["state"]) == ("2026-03-11", "asked")
    assert (mine[0]["due_on"], mine[0]["longer"]["state"]) == ("2026-03-16", "approved")
    assert (refused[0], refused[1]["code"]) == (403, "access.role")


def test_whoever_asked_for_more_days_does_not_approve_them(call: Call, line: Line, office: Office, errand: Any) -> None:
    unit = office.officer.posts.get().unit
    orgs.appoint(office.officer, unit, "verifier", line=line.home, from_on=date(2020, 1, 1), by=None)
    person = Person.objects.get(pk=office.officer.pk)
    limits = f"{ERRANDS}/records/{errand.pk}/limits"
    _, asked = call(person, "post", f"{limits}/answer/longer", {"days": 3, "reason": "two sites"})

    status, told = call(
        person, "post", f"{ERRANDS}/records/{errand.pk}/longer/{asked[0]['longer']['id']}", {"decision": "approved"}
    )

    assert (status, told["code"]) == (409, "stage.same_person")


def test_another_day_is_tried_before_it_is_saved(call: Call, office: Office, errand: Any) -> None:
    day = f"{ERRANDS}/records/{errand.pk}/stages/given/day"

    _, pushed = call(office.officer, "get", f"{day}?on=2026-03-03")
    _, still = call(office.officer, "get", f"{ERRANDS}/records/{errand.pk}/limits")
    _, moved = call(office.officer, "put", day, {"on": "2026-03-03", "reason": "slip"})

    assert [(each["now"], each["then"]) for each in pushed] == [("2026-03-09", "2026-03-10")]
    assert (still[0]["due_on"], moved[0]["due_on"]) == ("2026-03-09", "2026-03-10")
    assert call(office.officer, "get", f"{ERRANDS}/records/{errand.pk}/stages/nowhere/day?on=2026-03-03")[0] == 404


def test_several_are_moved_and_each_refusal_stands_beside_its_record(call: Call, line: Line, office: Office) -> None:
    ready, bare = (make_record(line, office, name=name, result=result) for name, result in (("a", "done"), ("b", "")))
    given = {"do": "advance", "stage": "done", "on": "2026-03-05", "ids": [ready.pk, bare.pk, 999]}

    _, told = call(office.officer, "post", f"{ERRANDS}/several", given)

    assert [each["done"] for each in told] == [True, False, False]
    assert [[said["code"] for said in each["refused"]] for each in told] == [
        [], ["stage.needs_field"], ["access.absent"],
    ]  # fmt: skip
    assert sorted(line.model.objects.values_list("stage", flat=True)) == ["done", "given"]


def test_several_that_are_not_ones_own_or_have_no_such_stage_are_refused_one_by_one(
    call: Call, line: Line, office: Office
) -> None:
    own = make_person(office.hubin, "officer", login="own", line=line.home)
    orgs.appoint(own, office.hexi, "head", from_on=date(2020, 1, 1), by=None)
    record = make_record(line, office, result="x")

    _, told = call(own, "post", f"{ERRANDS}/several", {"do": "advance", "stage": "done", "ids": [record.pk]})
    _, odd = call(office.officer, "post", f"{ERRANDS}/several", {"do": "confirm", "stage": "x", "ids": [record.pk]})

    assert told[0]["refused"][0]["code"] == "access.scope"
    assert odd[0]["refused"][0]["code"] == "stage.unknown"
    assert call(office.stranger, "post", f"{ERRANDS}/several", {"do": "confirm", "stage": "x", "ids": []})[0] == 403


def test_what_may_be_there_already_is_told_and_entered_by_whoever_is_sure(
    call: Call, line: Line, office: Office
) -> None:
    known = make_record(line, office, name="云栖冷链物流园一期项目")
    fields = {"name": "云棲冷鏈物流園一期项目", "due_on": "2026-03-09"}
    given = {"unit": "hexi", "fields": fields, "on": "2026-03-02"}

    _, likely = call(office.officer, "post", f"{ERRANDS}/doubles", {"fields": fields, "unit": "hexi"})
    status, warned = call(office.officer, "post", f"{ERRANDS}/records", given)
    done, _ = call(office.officer, "post", f"{ERRANDS}/records", {**given, "sure": [known.pk]})

    assert [(each["id"], each["unit"], each["is_certain"]) for each in likely] == [(known.pk, "hexi", False)]
    assert (status, warned["code"], done) == (409, "record.alike", 200)
    assert known.name in warned["message"]
    assert line.model.objects.count() == 2


def test_of_another_units_double_no_more_is_told_than_that_it_is_there(call: Call, line: Line, office: Office) -> None:
    own = make_person(office.hubin, "officer", login="own", line=line.home)
    known = make_record(line, office, name="丙", due_on=date(2026, 3, 9))
    fields = {"name": "丙", "due_on": "2026-03-09"}

    _, likely = call(own, "post", f"{ERRANDS}/doubles", {"fields": fields})
    status, told = call(own, "post", f"{ERRANDS}/records", {"unit": "hubin", "fields": fields, "on": "2026-03-02"})

    assert [(each["id"], each["name"], each["unit"]) for each in likely] == [(None, None, "hexi")]
    assert (status, told["code"]) == (409, "record.alike")
    assert call(own, "get", f"{ERRANDS}/records/{known.pk}")[0] == 404


def test_two_that_are_one_are_merged(call: Call, line: Line, office: Office) -> None:
    first, second = (make_record(line, office, name=name) for name in ("first", "second"))
    merge = f"{ERRANDS}/records/{second.pk}/merge"

    _, stays = call(office.officer, "post", merge, {"into": first.pk, "reason": "same order"})
    again, _ = call(office.officer, "post", merge, {"into": first.pk, "reason": "same order"})

    assert stays["id"] == first.pk
    assert call(office.officer, "get", f"{ERRANDS}/records/{second.pk}")[1]["merged_into"] == first.pk
    assert again == 409
    assert call(office.officer, "post", merge, {"into": 999, "reason": "x"})[0] == 404


def test_another_unit_carries_a_record_on(call: Call, line: Line, office: Office, errand: Any) -> None:
    unit = f"{ERRANDS}/records/{errand.pk}/unit"
    own = make_person(office.hexi, "officer", login="own", line=line.home)

    _, handed = call(office.officer, "put", unit, {"unit": "hubin", "reason": "moved"})
    blank = call(office.officer, "put", unit, {"unit": "hexi", "reason": " "})

    assert (handed["unit"], handed["version"]) == ("hubin", 2)
    assert (blank[0], blank[1]["code"]) == (409, "handing.reason")
    assert call(office.officer, "put", unit, {"unit": "nowhere", "reason": "x"})[0] == 404
    assert call(own, "put", unit, {"unit": "hexi", "reason": "mine"})[0] == 404
    assert call(office.officer, "get", f"{ERRANDS}/records/{errand.pk}")[1]["unit"] == "hubin"


def test_a_list_as_it_stood_on_a_day(call: Call, line: Line, office: Office) -> None:
    with acting(datetime(2026, 2, 1, tzinfo=UTC)):
        old = make_record(line, office, name="old name")
    with acting(datetime(2026, 3, 1, tzinfo=UTC)):
        actions.edit(old, {"name": "new name"}, by=office.officer)
        make_record(line, office, name="added later")

    _, told = call(office.officer, "get", f"{ERRANDS}/as-of?on=2026-02-03")

    assert [row["values"][0] for row in told["rows"]] == ["old name"]
    assert [(each["then"], each["now"]) for each in told["rows"][0]["changed"]] == [("old name", "new name")]
    assert (told["added"], told["changed"]) == (1, 1)
    assert call(office.officer, "get", f"{ERRANDS}/as-of?on=2999-01-01")[0] == 404
    assert call(office.stranger, "get", f"{ERRANDS}/as-of?on=2026-02-03")[1]["rows"] == []


def test_views_are_kept_changed_and_dropped_by_their_owner(call: Call, office: Office) -> None:
    given = {"name": "mine", "query": "unit=hexi"}

    _, kept = call(office.officer, "post", f"{ERRANDS}/views", given)
    _, same = call(office.officer, "post", f"{ERRANDS}/views", {**given, "query": "unit=hubin"})
    foreign, _ = call(office.verifier, "delete", f"{ERRANDS}/views/{kept['id']}")
    gone, _ = call(office.officer, "delete", f"{ERRANDS}/views/{kept['id']}")

    assert (same["id"], same["query"]) == (kept["id"], "unit=hubin")
    assert (foreign, gone) == (404, 204)
    assert call(office.officer, "get", f"{ERRANDS}/views")[1] == []
    assert SavedView.objects.count() == 1


def test_the_districts_own_columns_are_defined_by_its_administrator_and_filled_in(
    call: Call, line: Line, office: Office
) -> None:
    admin = make_person(office.officer.posts.get().unit, "administrator")
    column = {"key": "side", "label": "片区", "kind": "text"}
    refused, _ = call(office.officer, "post", f"{ERRANDS}/columns", column)
    _, made = call(admin, "post", f"{ERRANDS}/columns", column)
    given = {"unit": "hexi", "fields": {"name": "x", "due_on": "2026-03-09"}, "local": {"side": "东片"}}

    _, record = call(office.officer, "post", f"{ERRANDS}/records", given)
    here = f"{ERRANDS}/records/{record['id']}"
    call(office.officer, "patch", here, {"version": 1, "local": {"side": "西片"}})
    odd = call(office.officer, "patch", here, {"version": 2, "local": {"colour": "x"}})

    assert refused == 403
    assert call(office.officer, "get", here)[1]["local"] == {"side": "西片"}
    assert odd[1]["code"] == "api.field"
    assert call(admin, "delete", f"{ERRANDS}/columns/{made['id']}")[0] == 204
    assert call(office.officer, "get", f"{ERRANDS}/columns")[1] == []


def test_a_calendars_address_shows_what_falls_due_and_opens_nothing_else(
    call: Call, office: Office, errand: Any, client: Client
) -> None:
    _, given = call(office.officer, "post", "/api/v1/calendar", {"label": "phone"})
    secret = given["url"].rpartition("/")[2].removesuffix(".ics")

    feed = client.get(given["url"]).content.decode()
    with_it = client.get(ERRANDS + "/records", headers={"Authorization": f"Bearer {secret}"})

    assert f"/errands/{errand.pk}/" in feed
    assert "20260309" in feed
    assert with_it.status_code == 401
    assert [each["label"] for each in call(office.officer, "get", "/api/v1/calendar")[1]] == ["phone"]
    assert call(office.verifier, "get", "/api/v1/calendar")[1] == []


def test_a_call_sent_twice_with_its_key_is_taken_once(call: Call, line: Line, office: Office, errand: Any) -> None:
    given = {"unit": "hexi", "fields": {"name": "x", "due_on": "2026-03-09"}}
    remark, key = {"text": f"@{office.verifier.login} 请看"}, {"Idempotency-Key": "k1"}

    records = [call(office.officer, "post", f"{ERRANDS}/records", given, **key) for _ in range(2)]
    talk = f"{ERRANDS}/records/{errand.pk}/comments"
    remarks = [call(office.officer, "post", talk, remark, **{"Idempotency-Key": "k2"}) for _ in range(2)]
    crossed = call(office.officer, "post", talk, remark, **key)

    assert records[0] == records[1]
    assert remarks[0] == remarks[1]
    assert (line.model.objects.count(), Comment.objects.count(), Mention.objects.count()) == (2, 1, 1)
    assert (crossed[0], crossed[1]["code"]) == (409, "api.key")
    assert [each["text"] for each in call(office.verifier, "get", talk)[1]] == [remark["text"]]


def test_a_key_whose_call_was_refused_is_free_again(call: Call, line: Line, office: Office) -> None:
    key = {"Idempotency-Key": "k1"}
    bad = {"unit": "hexi", "fields": {"name": "x"}}

    refused = call(office.officer, "post", f"{ERRANDS}/records", bad, **key)
    done = call(
        office.officer, "post", f"{ERRANDS}/records", {**bad, "fields": {"name": "x", "due_on": "2026-03-09"}}, **key
    )

    assert (refused[0], done[0]) == (409, 200)


def test_another_unit_sees_and_does_nothing(call: Call, office: Office, errand: Any) -> None:
    record = f"{ERRANDS}/records/{errand.pk}"
    reason = {"on": "2026-03-04", "reason": "x"}
    for method, address, given in (
        ("get", f"{record}/limits", None),
        ("post", f"{record}/limits/answer/pause", reason),
        ("post", f"{record}/limits/answer/resume", {"on": "2026-03-04"}),
        ("post", f"{record}/limits/answer/longer", {"days": 1, "reason": "x"}),
        ("post", f"{record}/longer/1", {"decision": "approved"}),
        ("get", f"{record}/stages/given/day?on=2026-03-03", None),
        ("put", f"{record}/stages/given/day", reason),
        ("post", f"{record}/merge", {"into": errand.pk, "reason": "x"}),
        ("put", f"{record}/unit", {"unit": "hubin", "reason": "x"}),
        ("get", f"{record}/comments", None),
        ("post", f"{record}/comments", {"text": "x"}),
    ):
        status, told = call(office.stranger, method, address, given)
        assert (status, told["code"]) == (404, "access.absent"), address
    for address, given in (("doubles", {"fields": {}}), ("columns", {"key": "x", "label": "x"})):
        assert call(office.stranger, "post", f"{ERRANDS}/{address}", given)[0] == 403
