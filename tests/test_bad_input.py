"""Bad input through the real doors: what a person reads, and what stands in the register afterwards."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from shoushan.ledger.moment import acting
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Person, Unit
from shoushan.orgs.testing import BACKEND, make_unit
from shoushan.registers import actions
from shoushan.registers.lines import Line, line_named
from shoushan.registers.models import LocalField, Step
from shoushan.registers.testing import Office, fields_of, make_office, make_record

pytestmark = pytest.mark.django_db
DEALS = line_named("investment")
TODAY = date(2026, 12, 3)
PDF = b"%PDF-1.4 signed"


@pytest.fixture(autouse=True)
def in_december(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = TODAY


@pytest.fixture
def office(client: Client) -> Office:
    return office_of(DEALS, client)


def office_of(line: Line, client: Client) -> Office:
    office = make_office(line)
    client.force_login(office.officer, BACKEND)
    return office


def send(client: Client, address: str, given: dict[str, Any]) -> str:
    """What a form's sender reads in the end: the page's words, without its marks and its spaces."""
    return read(client.post(address, given, follow=True).content.decode())


def read(page: str) -> str:
    return re.sub(r"\s|&nbsp;", "", re.sub(r"<[^>]+>", "", page.partition("<main")[2]))


def call(client: Client, person: Person, address: str, given: dict[str, Any]) -> dict[str, Any]:
    _, secret = orgs.issue_token(person, label="x", by=person)
    rights = {"Authorization": f"Bearer {secret}"}
    return dict(client.post(address, given, "application/json", headers=rights).json())


# a receipt above the agreed sum


def test_receipts_above_the_agreed_sum_are_refused_with_both_sums(office: Office, client: Client) -> None:
    deal = make_record(DEALS, office, agreed_yuan=5_000_000)
    receipt = {
        "deal": deal.pk, "currency": "CNY", "received_on": "2026-03-02", "unit": office.hexi.pk, "on": "2026-03-02"
    }  # fmt: skip
    send(client, "/receipts/new/", {**receipt, "name": "一", "amount_yuan": 3_000_000, "proof": "1"})

    told = send(client, "/receipts/new/", {**receipt, "name": "二", "amount_yuan": 2_000_001, "proof": "2"})
    send(client, "/receipts/new/", {**receipt, "name": "三", "amount_yuan": 9_000_000, "currency": "USD", "proof": "3"})
    send(client, "/receipts/new/", {**receipt, "name": "四", "amount_yuan": 2_000_000, "proof": "4"})

    assert "到位5,000,001，协议额只有5,000,000" in told
    assert sorted(line_named("receipts").model.objects.values_list("name", flat=True)) == ["一", "三", "四"]


def test_more_told_than_agreed_is_refused_with_both_sums(office: Office, client: Client) -> None:
    given = {**fields_of(DEALS, office), "unit": office.hexi.pk, "on": "2026-02-01", "currency": "CNY"}

    told = send(client, "/investment/new/", {**given, "agreed_yuan": 5_000_000, "received_yuan": 6_000_000})

    assert "到位6,000,000，协议额只有5,000,000" in told
    assert not DEALS.model.objects.exists()


# stages out of order by date


def test_a_stage_before_the_last_one_or_in_days_to_come_is_refused(office: Office, client: Client) -> None:
    deal = make_record(DEALS, office, on=date(2026, 2, 1))

    def advance(on: str) -> str:
        deal.refresh_from_db()
        file = SimpleUploadedFile("合同.pdf", PDF)
        given = {"to": "signed", "on": on, "version": deal.version, "agreed_yuan": 5_000_000, "file": file}
        return send(client, f"/investment/{deal.pk}/advance/", given)

    early, late = advance("2026-01-31"), advance("2026-12-04")

    assert "1月31日早于上一阶段" in early
    assert "12月4日还没到" in late
    deal.refresh_from_db()
    assert deal.stage == "talks"
    # what was written beside the day is kept
    assert deal.agreed_yuan == 5_000_000


def test_a_record_that_begins_in_days_to_come_is_refused(office: Office, client: Client) -> None:
    given = {**fields_of(DEALS, office), "unit": office.hexi.pk, "currency": "CNY"}

    told = send(client, "/investment/new/", {**given, "on": "2026-12-04"})

    assert "12月4日还没到" in told
    assert not DEALS.model.objects.exists()


def test_a_days_correction_stays_between_its_neighbours(office: Office, client: Client) -> None:
    deal = make_record(DEALS, office, on=date(2026, 2, 1), agreed_yuan=5_000_000)
    file = SimpleUploadedFile("合同.pdf", PDF)
    given = {"to": "signed", "on": "2026-03-01", "version": deal.version, "file": file}
    send(client, f"/investment/{deal.pk}/advance/", given)

    before = send(client, f"/investment/{deal.pk}/redate/signed/", {"on": "2026-01-31", "reason": "笔误"})
    after = send(client, f"/investment/{deal.pk}/redate/talks/", {"on": "2026-03-02", "reason": "笔误"})
    send(client, f"/investment/{deal.pk}/redate/talks/", {"on": "2026-02-02", "reason": "笔误"})

    assert "1月31日早于上一阶段" in before
    assert "3月2日晚于下一阶段" in after
    days = dict(Step.objects.filter(record_id=deal.pk).values_list("stage", "happened_on"))
    assert days == {"talks": date(2026, 2, 2), "signed": date(2026, 3, 1)}


def test_days_told_out_of_order_are_refused(office: Office, client: Client) -> None:
    given = {**fields_of(DEALS, office), "unit": office.hexi.pk, "on": "2026-02-01", "currency": "CNY"}

    told = send(client, "/investment/new/", {**given, "signed_on": "2026-05", "started_on": "2026-04-30"})

    assert "“开工时间（单位所报）”2026-04-30早于“签约时间（单位所报）”2026-05" in told
    assert not DEALS.model.objects.exists()


# a photo from 2019


def test_a_photo_from_2019_is_pointed_out_on_the_record(office: Office, client: Client) -> None:
    deal = make_record(DEALS, office, on=date(2026, 2, 1), agreed_yuan=5_000_000)
    head = Image.Exif()
    head[306] = head.get_ifd(0x8769)[36867] = "2019:05:02 10:11:12"
    written = io.BytesIO()
    Image.new("RGB", (8, 8), "olive").save(written, "JPEG", exif=head)
    photo = SimpleUploadedFile("合同.jpg", written.getvalue())

    given = {"to": "signed", "on": "2026-03-01", "version": deal.version, "file": photo}
    page = send(client, f"/investment/{deal.pk}/advance/", given)

    assert "摄于2019-05-02，早了2,495天" in page


# a unit dissolved last month


@pytest.fixture
def dissolved(office: Office) -> Unit:
    """河西 ended with October; nothing in the product ends a unit, so the row says it."""
    Unit.objects.filter(pk=office.hexi.pk).update(to_on=date(2026, 11, 30))
    office.hexi.refresh_from_db()
    return office.hexi


def test_a_record_for_a_dissolved_unit_is_refused_by_its_name(office: Office, dissolved: Unit, client: Client) -> None:
    fields = fields_of(DEALS, office)
    page = send(client, "/investment/new/", {**fields, "unit": dissolved.pk, "on": "2026-12-01", "currency": "CNY"})
    told = call(
        client, office.officer, "/api/v1/lines/investment/records",
        {"unit": "hexi", "fields": fields, "on": "2026-12-01"},
    )  # fmt: skip

    assert "hexi已于11月30日撤销" in page
    assert told["code"] == "record.unit_closed"
    assert "11月30日" in told["message"]
    assert not DEALS.model.objects.exists()


def test_a_dissolved_units_record_moves_on_only_with_the_unit_that_carries_it_on(
    office: Office, client: Client
) -> None:
    deal = make_record(DEALS, office, agreed_yuan=5_000_000)
    Unit.objects.filter(pk=office.hexi.pk).update(to_on=date(2026, 11, 30))
    heir = make_unit("heping", Unit.objects.get(code="d"))

    def advance(on: str) -> str:
        deal.refresh_from_db()
        file = SimpleUploadedFile("合同.pdf", PDF)
        return send(
            client, f"/investment/{deal.pk}/advance/", {"to": "signed", "on": on, "version": deal.version, "file": file}
        )

    late = advance("2026-12-01")
    handed = send(client, f"/investment/{deal.pk}/unit/", {"unit": heir.pk, "reason": "机构改革"})
    advance("2026-12-01")

    assert "hexi已于11月30日撤销" in late
    assert "机构改革" in handed
    assert "移交给另一单位" in handed
    deal.refresh_from_db()
    assert (deal.unit, deal.stage) == (heir, "signed")


def test_what_happened_before_a_unit_was_dissolved_is_still_recorded(office: Office, client: Client) -> None:
    deal = make_record(DEALS, office, agreed_yuan=5_000_000)
    Unit.objects.filter(pk=office.hexi.pk).update(to_on=date(2026, 11, 30))
    file = SimpleUploadedFile("合同.pdf", PDF)

    given = {"to": "signed", "on": "2026-11-30", "version": deal.version, "file": file}
    send(client, f"/investment/{deal.pk}/advance/", given)

    deal.refresh_from_db()
    assert deal.stage == "signed"


def test_a_record_is_handed_over_for_a_reason_to_a_unit_that_is_there(
    office: Office, dissolved: Unit, client: Client
) -> None:
    deal = actions.enter(DEALS, office.hubin, fields_of(DEALS, office), on=date(2026, 2, 1), by=office.officer)
    place = f"/investment/{deal.pk}/unit/"

    assert "hexi已于11月30日撤销" in send(client, place, {"unit": dissolved.pk, "reason": "x"})
    assert "这条记录已在该单位" in send(client, place, {"unit": office.hubin.pk, "reason": "x"})
    assert "理由：这个字段是必填项" in send(client, place, {"unit": office.hubin.pk, "reason": " "})
    deal.refresh_from_db()
    assert deal.unit == office.hubin


# two people editing one record


def test_two_who_edit_see_both_versions_of_every_column(office: Office, client: Client) -> None:
    LocalField.objects.create(line="investment", key="side", label="片区")
    deal = make_record(DEALS, office)
    actions.edit(deal, {"home": "杭州", "local": {"side": "东片"}}, by=office.officer)
    mine = {**fields_of(DEALS, office), "home": "苏州", "local_side": "西片", "currency": "CNY", "version": 1}

    told = send(client, f"/investment/{deal.pk}/edit/", mine)
    send(client, f"/investment/{deal.pk}/edit/", {**mine, "version": 2})

    assert all(word in told for word in ("来源地杭州苏州", "片区东片西片"))
    deal.refresh_from_db()
    assert (deal.home, deal.local, deal.version) == ("苏州", {"side": "西片"}, 3)


# an offline form sent after its record was closed


def test_a_form_for_a_record_merged_meanwhile_is_told_where_it_went(office: Office, client: Client) -> None:
    gone, stays = (make_record(DEALS, office, name=name, agreed_yuan=5_000_000) for name in ("甲", "乙"))
    actions.merge(gone, stays, reason="同一项目", by=office.officer)
    file = SimpleUploadedFile("合同.pdf", PDF)
    waiting = {"to": "signed", "on": "2026-03-01", "version": gone.version, "file": file, "once": "key 1"}

    answer = client.post(f"/investment/{gone.pk}/advance/", waiting, headers={"Accept": "application/json"})

    assert f"这条记录已并入{stays.pk}号，不再更改" in read(answer.content.decode())
    assert not DEALS.model.objects.filter(stage="signed").exists()


# 29 February


def test_a_limit_runs_over_29_february(settings: Settings, client: Client) -> None:
    settings.SHOUSHAN_TODAY = date(2028, 3, 1)
    errands = line_named("errands")
    office = office_of(errands, client)
    given = {"name": "闰日", "due_on": date(2028, 2, 29)}
    with acting(datetime(2028, 2, 29, 1, tzinfo=UTC)):
        actions.enter(errands, office.hexi, given, on=date(2028, 2, 29), by=office.officer)
        _, feed = orgs.issue_token(office.officer, label="y", only_calendar=True, by=office.officer)

    record = errands.model.objects.get()
    calendar = client.get(f"/calendar/{feed}.ics").content.decode()
    then = client.get("/errands/?as_of=2028-02-29").content.decode()

    assert record.next_due_on == date(2028, 2, 29)
    assert "DTSTART;VALUE=DATE:20280229" in calendar
    assert "任务期限2月29日2月29日星期二" in read(client.get(f"/errands/{record.pk}/").content.decode())
    assert "闰日" in then


@pytest.mark.parametrize("address", ["/errands/?as_of=2026-02-29", "/errands/?as_of=2027-02-29"])
def test_29_february_of_a_year_without_one_is_no_page(client: Client, address: str) -> None:
    office_of(line_named("errands"), client)

    assert client.get(address).status_code == 404


def test_29_february_of_a_year_without_one_is_named_in_a_form_and_a_call(office: Office, client: Client) -> None:
    given = {**fields_of(DEALS, office), "unit": office.hexi.pk, "on": "2026-02-29", "currency": "CNY"}

    page = send(client, "/investment/new/", given)
    told = call(
        client, office.officer, "/api/v1/lines/investment/records",
        {"unit": "hexi", "fields": {**fields_of(DEALS, office), "signed_on": "2026-02-29"}},
    )  # fmt: skip

    assert "发生日期：输入一个有效的日期" in page
    assert told["code"] == "api.input"
    assert "2026-03-05" in told["message"]
    assert not DEALS.model.objects.exists()
