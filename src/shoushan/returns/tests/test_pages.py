"""A month as its people meet it: the task list, one figure, a locked month, the verifier's queue, the files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from shoushan.evidence.models import Evidence
from shoushan.ledger import kept
from shoushan.orgs.models import Person
from shoushan.orgs.testing import BACKEND
from shoushan.returns.models import Value
from shoushan.returns.testing import District, make_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(settings: Settings) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)


@pytest.fixture
def district(today: None) -> District:
    return make_district()


FIGURE = "/returns/2026-11/hexi/jobs/"
MONTH = "/returns/2026-11/hexi/"


def as_(client: Client, person: Person) -> Client:
    client.force_login(person, BACKEND)
    return client


def test_a_reporter_enters_a_figure_with_its_file_and_submits(client: Client, district: District) -> None:
    as_(client, district.reporter)
    sheet = SimpleUploadedFile("jobs.csv", "姓名,岗位\n甲,乙\n".encode(), "text/csv")

    saved = client.post(FIGURE, {"amount": "１,６００", "note": "", "file": sheet})
    sent = client.post(MONTH)

    value = Value.objects.get()
    assert (saved.status_code, sent.status_code) == (302, 302)
    assert (value.amount, value.state, value.entered_by) == (Decimal(1600), "submitted", district.reporter)
    assert Evidence.objects.get().name == "jobs.csv"


def test_a_figure_refused_keeps_what_was_typed(client: Client, district: District) -> None:
    page = as_(client, district.reporter).post(FIGURE, {"amount": "12亩", "note": "街道上报"}).content.decode()

    assert 'value="12亩"' in page
    assert 'value="街道上报"' in page
    assert "按“亩”理解" in page
    assert not Value.objects.exists()


def test_a_flow_that_fell_needs_a_sentence(client: Client, district: District) -> None:
    as_(client, district.reporter)

    assert "负数要写说明" in client.post(FIGURE, {"amount": "-4"}).content.decode()
    client.post(FIGURE, {"amount": "-4", "note": "更正上月多报的4人"})
    assert Value.objects.get().amount == Decimal(-4)


def test_an_empty_month_is_not_submitted(client: Client, district: District) -> None:
    page = as_(client, district.reporter).post(MONTH)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not Value.objects.exists()


def test_a_form_sent_twice_is_taken_once(client: Client, district: District) -> None:
    as_(client, district.reporter)
    for _ in range(2):
        client.post(FIGURE, {"amount": "5", "once": "the-same-key"})

    assert Value.objects.get().version == 1


def test_a_figure_changed_meanwhile_is_not_written_over(client: Client, district: District) -> None:
    as_(client, district.reporter)
    client.post(FIGURE, {"amount": "5"})
    client.post(FIGURE, {"amount": "6", "version": "1"})
    page = client.post(FIGURE, {"amount": "7", "version": "1"}).content.decode()

    assert Value.objects.get().amount == Decimal(6)
    assert 'value="7"' in page


def test_a_locked_month_says_which_clock_closed_and_who_opens_it(
    client: Client, district: District, settings: Settings
) -> None:
    settings.SHOUSHAN_TODAY = date(2026, 12, 9)
    page = as_(client, district.reporter).post(FIGURE, {"amount": "5"}).content.decode()
    assert "锁定" in page
    assert not Value.objects.exists()

    as_(client, district.supervisor).post(MONTH + "exception/", {"until": "2026-12-10T12:00", "reason": "停电"})
    as_(client, district.reporter).post(FIGURE, {"amount": "5"})
    assert Value.objects.get().amount == Decimal(5)


def test_another_units_month_is_as_if_it_were_not_there(client: Client, district: District) -> None:
    as_(client, district.foreigner)

    assert [client.get(url).status_code for url in (MONTH, FIGURE)] == [404, 404]
    assert "河西街道" not in client.get("/returns/2026-11/").content.decode()


def test_an_indicator_nobody_asks_for_has_no_page(client: Client, district: District) -> None:
    assert as_(client, district.reporter).get("/returns/2026-11/hexi/trees/").status_code == 404


def test_the_verifier_accepts_what_waits(client: Client, district: District) -> None:
    value = district.submit("5", "核对过花名册")
    queue = as_(client, district.verifier).get("/verify/").content.decode()
    assert "核对过花名册" in queue

    client.post(f"/verify/{value.pk}/", {"decision": "accepted", "version": str(value.version)})
    value.refresh_from_db()
    assert (value.state, value.decided_by) == ("accepted", district.verifier)


def test_a_figure_goes_back_only_with_a_reason(client: Client, district: District) -> None:
    value = district.submit("5")
    as_(client, district.verifier)

    client.post(f"/verify/{value.pk}/", {"decision": "returned", "reason": " "})
    value.refresh_from_db()
    assert value.state == "submitted"

    client.post(f"/verify/{value.pk}/", {"decision": "returned", "reason": "与花名册不符"})
    assert "与花名册不符" in as_(client, district.reporter).get(FIGURE).content.decode()


def test_nobody_verifies_what_is_not_theirs(client: Client, district: District) -> None:
    value = district.submit("5")
    as_(client, district.reporter)

    assert client.get("/verify/").status_code == 403
    assert client.post(f"/verify/{value.pk}/", {"decision": "accepted"}).status_code == 403
    assert as_(client, district.foreigner).post(f"/verify/{value.pk}/", {"decision": "accepted"}).status_code == 404


def test_a_file_is_seen_by_whoever_sees_the_figure(client: Client, district: District) -> None:
    as_(client, district.reporter).post(FIGURE, {"amount": "5", "file": SimpleUploadedFile("a.txt", b"=1+1")})
    url = f"/evidence/{Evidence.objects.get().pk}/file/"

    kept = client.get(url)
    assert b"".join(kept.streaming_content) == b"=1+1"  # type: ignore[attr-defined]
    assert kept["Content-Type"] == "application/octet-stream"
    assert kept["Content-Disposition"].startswith("attachment")
    assert as_(client, district.foreigner).get(url).status_code == 404


def test_today_names_the_month_that_is_open(client: Client, district: District) -> None:
    assert MONTH in as_(client, district.reporter).get("/").content.decode()
    district.submit("5")
    assert MONTH not in as_(client, district.reporter).get("/").content.decode()
    assert "/verify/" in as_(client, district.verifier).get("/").content.decode()


@pytest.mark.parametrize("url", ["/verify/", "/returns/2026-11/", MONTH, FIGURE])
def test_a_page_asks_no_more_as_rows_grow(client: Client, district: District, url: str) -> None:
    person = district.supervisor if url == "/returns/2026-11/" else district.verifier
    district.submit("5")
    as_(client, person).get(url)
    before = _queries(client, url)

    for place in range(6):
        more_of(district, place)
    assert _queries(client, url) == before


def _queries(client: Client, url: str) -> int:
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def more_of(district: District, place: int) -> None:
    """One more indicator of the unit, reported."""
    indicator = district.indicator(f"more{place}", label=f"新增{place}")
    district.divided_goal(indicator, [district.hexi], 10)
    district.submit("1", indicator=indicator)
