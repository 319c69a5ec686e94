"""A petitioner's name, telephone, address and card number are in the sealed store and nowhere else."""

from __future__ import annotations

import io
import logging
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from shoushan.ledger import actions as ledger
from shoushan.lines.petitions import vault
from shoushan.lines.petitions.models import Identity, Matter
from shoushan.lines.petitions.testing import WHO, at
from shoushan.orgs import actions as orgs
from shoushan.orgs.testing import BACKEND, sign_in
from shoushan.registers.testing import Office

pytestmark = pytest.mark.django_db


def registered(office: Office, client: Client) -> Matter:
    """By the page, as a clerk does it; followed by everything that may be done with it."""
    sign_in(client, office.officer)
    given = {
        "unit": office.hexi.pk,
        "on": "2026-03-02",
        "name": "夜间施工噪声",
        "kind": "appeal",
        "cause": "environment",
    }
    client.post("/petitions/new/", {**given, **{f"who-{key}": value for key, value in WHO.items()}})
    matter = Matter.objects.get()
    at(matter, office, sorted=date(2026, 3, 3), told=date(2026, 3, 4), answered=date(2026, 4, 1))
    client.post(f"/petitions/{matter.pk}/identity/", {"act": "open", "reason": "送达答复"})
    client.post(f"/petitions/{matter.pk}/slip/", {"number": "1"})
    return matter


def planted(text: str) -> list[str]:
    """Which of the four stand in a text, or a telling piece of them."""
    return [told for told in (*WHO.values(), "欧阳", "望舒", "柳荫巷") if told in text]


def test_the_database_holds_them_in_no_table(office: Office, client: Client) -> None:
    registered(office, client)
    dump = dumped()
    assert Identity.objects.count() == 1
    assert "petitions_identity" in dump
    assert "夜间施工噪声" in dump
    assert planted(dump) == []
    assert not any(told.encode().hex() in dump for told in WHO.values())


def dumped() -> str:
    """Every row of every table there is, ours or not; bytes as text and as digits."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                told += [table, *map(_told, row)]
    return "\n".join(told)


def _told(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace") + bytes(value).hex()
    return str(value)


def test_pages_workbook_api_search_and_today_do_not_show_them(office: Office, client: Client) -> None:
    matter = registered(office, client)
    token = orgs.issue_token(office.officer, label="x", by=office.officer)[1]
    own = f"/petitions/{matter.pk}/"
    urls = [
        "/", "/petitions/", own, f"{own}edit/",
        f"{own}print/", f"{own}identity/", f"{own}slip/",
        "/petitions/causes/", "/ledger/",
        "/lines/", "/petitions/?as_of=2026-03-02", "/petitions/figures/",
    ]  # fmt: skip
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert planted(answer.content.decode()) == [], url
    for words in WHO.values():
        for url in ("/search/", "/petitions/"):
            assert matter.name not in client.get(url, {"q": words}).content.decode()
    header = {"Authorization": f"Bearer {token}"}
    for url in ("/api/v1/lines/petitions/records", f"/api/v1/lines/petitions/records/{matter.pk}"):
        assert planted(client.get(url, headers=header).content.decode()) == []
    assert planted(workbook(client)) == []


def workbook(client: Client) -> str:
    answer: Any = client.get("/petitions/export/", follow=True)
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "夜间施工噪声" in cells
    return "\n".join(cells)


def test_logs_and_the_error_page_do_not_tell_them(
    office: Office, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise RuntimeError("the disk is full")

    client.force_login(office.officer, BACKEND)
    client.raise_request_exception = False
    monkeypatch.setattr(ledger, "record", broken)
    given = {"unit": office.hexi.pk, "on": "2026-03-02", "name": "噪声", "kind": "appeal", "cause": "environment"}
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/petitions/new/", {**given, **{f"who-{key}": value for key, value in WHO.items()}})

    assert answer.status_code == 500
    assert planted(answer.content.decode()) == []
    assert "the disk is full" in caplog.text
    assert planted(caplog.text) == []
    assert not Matter.objects.exists()


def test_files_of_the_installation_do_not_hold_them(office: Office, client: Client) -> None:
    registered(office, client)
    for folder in (settings.MEDIA_ROOT, vault.path().parent):
        for path in folder.rglob("*"):
            if path.is_file():
                assert planted(path.read_bytes().decode("utf-8", "replace")) == []
