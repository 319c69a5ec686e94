"""The month on paper and as a workbook: the same figures, taken row by row, nothing doubled, no mix-up unnoticed."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from shoushan.orgs.testing import BACKEND
from shoushan.returns import actions
from shoushan.returns.models import Value
from shoushan.returns.testing import OPENS, District, make_district

pytestmark = pytest.mark.django_db
WORKBOOK = "/returns/2026-11/hexi/workbook/"
FILE = "/returns/2026-11/hexi/workbook.xlsx"
KEY, AMOUNT, ABOVE, BELOW, NIL = 1, 7, 8, 9, 10


@pytest.fixture
def district(settings: Settings) -> District:
    settings.SHOUSHAN_TODAY = date(2026, 12, 3)
    district = make_district()
    for key, kind in (("shops", "flow"), ("share", "ratio"), ("total", "cumulative")):
        district.divided_goal(district.indicator(key, kind=kind), [district.hexi, district.hedong], 1200)
    return district


@pytest.fixture
def reporter(client: Client, district: District) -> Client:
    client.force_login(district.reporter, BACKEND)
    return client


def book_of(client: Client, address: str = FILE) -> Any:
    return openpyxl.load_workbook(io.BytesIO(client.get(address).content))


def fill(book: Any, *cells: tuple[int, int, object]) -> Any:
    for row, column, value in cells:
        book.active.cell(row, column).value = value
    return book


def look(client: Client, book: Any, address: str = WORKBOOK) -> Any:
    written = io.BytesIO()
    book.save(written)
    return client.post(address, {"file": SimpleUploadedFile("十一月.xlsx", written.getvalue())})


def enter(client: Client, looked: Any) -> Any:
    """Press the button of the preview: its hidden fields are sent on."""
    given = {name: value for row in looked.context["good"] for name, value in row.hidden}
    return client.post(WORKBOOK, {**given, "enter": "1"}, follow=True)


def outcomes(looked: Any) -> dict[int, str]:
    return {row.row: str(row.outcome) for row in looked.context["rows"]}


def test_good_rows_go_in_and_the_bad_ones_are_named(reporter: Client) -> None:
    book = fill(
        book_of(reporter), (2, AMOUNT, "12万"), (3, AMOUNT, "很多"), (4, ABOVE, 9), (4, BELOW, 10), (5, NIL, "1")
    )
    looked = look(reporter, book)

    assert outcomes(looked) == {2: "将录入", 3: "不录入", 4: "将录入", 5: "将录入"}
    assert "很多" in looked.content.decode()
    assert not Value.objects.exists()
    enter(reporter, looked)
    found = {it.indicator.key: (it.amount, it.is_nil) for it in Value.objects.all()}
    assert found == {"jobs": (Decimal(120000), False), "share": (Decimal("0.9"), False), "total": (None, True)}


def test_a_workbook_brought_in_twice_changes_nothing(reporter: Client) -> None:
    book = fill(book_of(reporter), (2, AMOUNT, 50))
    for _ in range(2):
        enter(reporter, look(reporter, book))

    assert Value.objects.get().version == 1
    assert outcomes(look(reporter, book)) == {2: "没有变化"}


def test_what_was_changed_on_the_page_meanwhile_is_not_written_over(reporter: Client, district: District) -> None:
    old = fill(book_of(reporter), (2, AMOUNT, 50))
    actions.save_value(
        district.period, district.hexi, district.jobs, amount=Decimal(60), at=OPENS, by=district.reporter
    )

    looked = look(reporter, old)
    assert outcomes(looked) == {2: "不录入"}
    assert "改过" in looked.content.decode()


def test_a_key_that_was_changed_is_noticed(reporter: Client) -> None:
    book = fill(book_of(reporter), (2, AMOUNT, 50), (3, AMOUNT, 7))
    fill(book, (2, KEY, str(book.active.cell(2, KEY).value).replace("jobs", "shops")))

    looked = look(reporter, book)
    assert outcomes(looked) == {2: "不录入", 3: "将录入"}


def test_a_row_copied_twice_is_taken_once(reporter: Client) -> None:
    book = fill(book_of(reporter), (2, AMOUNT, 50))
    fill(book, (6, KEY, book.active.cell(2, KEY).value), (6, AMOUNT, 70))

    assert outcomes(look(reporter, book)) == {2: "将录入", 6: "不录入"}


def test_another_units_workbook_is_noticed(client: Client, district: District) -> None:
    client.force_login(district.foreigner, BACKEND)
    theirs = fill(book_of(client, "/returns/2026-11/hedong/workbook.xlsx"), (2, AMOUNT, 50))
    client.force_login(district.reporter, BACKEND)

    page = look(client, theirs).content.decode()
    assert "hedong" in page
    assert not Value.objects.exists()


def test_a_formula_is_not_carried_out(reporter: Client) -> None:
    looked = look(reporter, fill(book_of(reporter), (2, AMOUNT, "=1+1"), (3, AMOUNT, 7)))
    assert outcomes(looked) == {2: "不录入", 3: "将录入"}


def test_what_is_no_workbook_is_refused_with_what_would_help(reporter: Client) -> None:
    page = reporter.post(WORKBOOK, {"file": SimpleUploadedFile("a.xlsx", b"PK not really")}).content.decode()

    assert 'role="alert"' in page


def test_the_sheet_of_paper_is_a_pdf_for_whoever_sees_the_unit(client: Client, district: District) -> None:
    client.force_login(district.reporter, BACKEND)
    made = client.get("/returns/2026-11/hexi/paper/")
    client.force_login(district.foreigner, BACKEND)

    assert made.content.startswith(b"%PDF")
    assert client.get("/returns/2026-11/hexi/paper/").status_code == 404
    assert client.get(FILE).status_code == 404
    assert client.get(WORKBOOK).status_code == 404
