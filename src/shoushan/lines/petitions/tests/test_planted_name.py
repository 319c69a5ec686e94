"""A petitioner's name, telephone, address and card number are in the sealed store and nowhere else."""

from __future__ import annotations

import contextlib
import io
import logging
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files import uploadedfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from shoushan.evidence import actions as evidence
from shoushan.evidence.models import Evidence
from shoushan.ledger import actions as ledger
from shoushan.ledger.models import Event
from shoushan.lines.petitions import actions, vault
from shoushan.lines.petitions.models import Identity, Matter
from shoushan.lines.petitions.testing import WHO, at, make_matter
from shoushan.orgs import actions as orgs
from shoushan.orgs.models import Unit
from shoushan.orgs.testing import BACKEND, make_person, sign_in
from shoushan.registers.testing import Office

pytestmark = pytest.mark.django_db


LETTER = f"{WHO['name']}，住{WHO['address']}，电话{WHO['phone']}，反映夜间施工。".encode()
LARGE = LETTER * 40_000


@pytest.fixture(autouse=True)
def everything_in_one_place(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files too; the evidence, the jobs and the keys are there already."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return tmp_path


def registered(office: Office, client: Client) -> Matter:
    """By the page, as a clerk does it, with a letter under the person's name; and all that may be done with it."""
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
    at(matter, office, sorted=date(2026, 3, 3))
    matter.refresh_from_db()
    letter = SimpleUploadedFile("欧阳望舒来信.txt", LARGE)
    moved = {"to": "told", "on": "2026-03-04", "version": matter.version, "file": letter}
    assert client.post(f"/petitions/{matter.pk}/advance/", moved).status_code == 302
    photo = picture()
    evidence.add(matter, photo, "欧阳望舒.jpg", proves="answered", by=office.officer)
    at(matter, office, answered=date(2026, 4, 1))
    client.post(f"/petitions/{matter.pk}/identity/", {"act": "open", "reason": "送达答复"})
    client.post(f"/petitions/{matter.pk}/slip/", {"number": "1"})
    for file in Evidence.objects.all():
        answer = client.get(f"/evidence/{file.pk}/file/")
        assert answer.getvalue()
        assert client.get(f"/evidence/{file.pk}/preview/").status_code == 404
    assert client.get(f"/evidence/{Evidence.objects.order_by('pk')[0].pk}/file/").getvalue() == LARGE
    return matter


def picture() -> bytes:
    """A photograph whose camera wrote the person's name into it."""
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(written, "JPEG", comment=WHO["name"].encode())
    assert WHO["name"].encode() in written.getvalue()
    return written.getvalue()


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


def test_a_letter_that_cannot_be_filed_is_told_to_no_log_either(
    office: Office, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = registered(office, client)
    matter.refresh_from_db()
    client.raise_request_exception = False
    monkeypatch.setattr(ledger, "record", lambda *_given, **_named: 1 / 0)
    letter = SimpleUploadedFile("欧阳望舒来信.txt", LETTER)
    with caplog.at_level(logging.DEBUG):
        answer = client.post(
            f"/petitions/{matter.pk}/advance/",
            {"to": "closed", "on": "2026-05-04", "version": matter.version, "file": letter, "cause_done": "已公示"},
        )

    assert answer.status_code == 500
    assert planted(answer.content.decode()) == []
    assert "ZeroDivisionError" in caplog.text
    assert planted(caplog.text) == []


def test_no_file_that_was_ever_written_holds_them(
    office: Office, client: Client, everything_in_one_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The evidence, the jobs' folder, temporary files, the keys; and no upload was put aside in the clear."""

    def put_aside(*_given: object, **_named: object) -> None:
        raise AssertionError("an upload was written to a temporary file")

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", put_aside)
    registered(office, client)
    workbook(client)

    files = [path for path in everything_in_one_place.rglob("*") if path.is_file()]
    assert len([path for path in files if settings.MEDIA_ROOT in path.parents]) == 3
    assert vault.path() in files
    assert {path.parent.name for path in files} >= {"jobs", "keys"}
    for path in files:
        assert planted(path.name + readable(path.read_bytes())) == [], path


@pytest.mark.django_db(transaction=True)  # a backup waits for whoever is writing
def test_a_backup_of_the_database_holds_them_nowhere_in_its_pages(
    office: Office, client: Client, everything_in_one_place: Path
) -> None:
    """Of SQLite the file itself, free pages included; of PostgreSQL the rows are read above, whole."""
    matter = registered(office, client)
    actions.seal(matter, {**WHO, "phone": ""}, by=office.officer)
    if connection.vendor != "sqlite":
        assert planted(dumped()) == []
        return
    backup = everything_in_one_place / "backup.sqlite3"
    with contextlib.closing(type(connection.connection)(str(backup))) as other:
        connection.connection.backup(other)

    pages = backup.read_bytes()
    assert "夜间施工噪声".encode() in pages
    assert planted(readable(pages)) == []


def test_a_calendar_and_every_event_of_the_ledger_are_without_them(office: Office, client: Client) -> None:
    registered(office, client)
    waiting = make_matter(office, name="另一件")
    secret = orgs.issue_token(office.officer, label="x", only_calendar=True, by=office.officer)[1]
    auditor = make_person(Unit.objects.get(code="d"), "auditor")

    feed = client.get(f"/calendar/{secret}.ics").content.decode()
    client.force_login(auditor, BACKEND)
    events = [client.get(f"/ledger/{pk}/").content.decode() for pk in Event.objects.values_list("pk", flat=True)]

    assert f"/petitions/{waiting.pk}/" in feed.replace("\r\n ", "")
    assert planted(feed.replace("\r\n ", "")) == []
    assert len(events) > 20
    assert [page for page in events if planted(page)] == []


def readable(data: bytes) -> str:
    """Bytes as text, and as digits: what is packed or encoded in a known way is not hidden by that."""
    return data.decode("utf-8", "replace") + data.decode("utf-16-le", "replace") + unpacked(data)


def unpacked(data: bytes) -> str:
    """What is inside of a workbook."""
    if not data.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
